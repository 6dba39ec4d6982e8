import { faults } from '@cenopie/platform-contract'
import type { Contract, FaultType } from '@cenopie/platform-contract'
import { metrics } from '@cenopie/platform-telemetry'
import type { FastifyInstance } from 'fastify'
import { openApi } from '../openapi/document.ts'
import { statusOf } from '../problem.ts'
import { mountReference } from './reference.ts'

export interface Health {
  /** Throws when the process cannot do its work. */
  check: () => Promise<void>
  draining: () => boolean
  /** Publishers that have not promised yet to keep events for this process. */
  waitingFor: () => readonly string[]
  /** Parts whose absence does not stop reads and writes. */
  degraded: () => readonly string[]
}

const noLimit = { config: { rateLimit: false } } as const

/** What every process answers beside its operations. */
export function mountServiceRoutes(
  server: FastifyInstance,
  contracts: readonly Contract[],
  publicUrl: string,
  health: Health,
): void {
  server.get('/health/live', noLimit, () => ({ status: 'ok' }))
  server.get('/health/ready', noLimit, async (_request, reply) => {
    if (health.draining()) return reply.code(503).send({ status: 'draining' })
    try {
      await health.check()
    } catch {
      return reply.code(503).send({ status: 'unavailable' })
    }
    const publishers = health.waitingFor()
    if (publishers.length > 0) return reply.code(503).send({ status: 'subscribing', publishers })
    return { status: 'ok', degraded: health.degraded() }
  })
  server.get('/metrics', noLimit, async (_request, reply) => {
    reply.header('content-type', metrics.contentType)
    return metrics.metrics()
  })
  const document = JSON.stringify(openApi(contracts, publicUrl))
  server.get('/api/v1/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document),
  )
  mountProblems(server, contracts)
  mountReference(server)
}

/** `type` of a problem leads here: what the code means. */
function mountProblems(server: FastifyInstance, contracts: readonly Contract[]): void {
  const types = new Map<string, FaultType>(Object.values(faults).map((type) => [type.code, type]))
  for (const { operations, streams = {} } of contracts) {
    for (const { faults: own } of [...Object.values(operations), ...Object.values(streams)])
      for (const type of own) types.set(type.code, type)
  }
  server.get<{ Params: { code: string } }>('/problems/:code', (request, reply) => {
    const type = types.get(request.params.code)
    if (!type) return reply.callNotFound()
    return { code: type.code, title: type.title, status: statusOf[type.kind] }
  })
}
