import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { Queue } from 'bullmq'
import { fastify } from 'fastify'
import { Redis } from 'ioredis'
import { guard } from './guard.ts'
import type { Operator } from './operator.ts'
import { TaskAdapter } from './task-adapter.ts'

/** Queues appear when the first entry is relayed to them, so the list is looked at again this often. */
const refreshMs = 2_000

export interface DashboardOptions {
  /** Of 127.0.0.1; 0 picks a free one. */
  port: number
  redisUrl: string
  prefix: string
  /** Of the user `operator`; without it, whoever works on this machine may. */
  password?: string
  /** Opened when somebody decides something; closed by whoever passed it. */
  operator: () => Promise<Operator>
}

/** A dashboard of every BullMQ queue below `prefix`: what waits, runs, failed, and why; tasks can be paused and retried. */
export async function startDashboard(options: DashboardOptions) {
  const redis = new Redis(options.redisUrl, { maxRetriesPerRequest: null })
  // The dashboard shows less while Redis is away; it has nothing to say about it.
  redis.on('error', () => undefined)
  const adapter = new FastifyAdapter()
  const board = createBullBoard({ queues: [], serverAdapter: adapter })
  const queues = new Map<string, Queue>()

  const refresh = async () => {
    for (const name of await queueNames(redis, options.prefix)) {
      if (queues.has(name)) continue
      const queue = new Queue(name, { connection: redis, prefix: options.prefix })
      queue.on('error', () => undefined)
      queues.set(name, queue)
      // Reactions try again by themselves until they are dead letters; there is nothing to decide.
      const reactions = name.endsWith('.events')
      board.addQueue(
        reactions
          ? new BullMQAdapter(queue, { readOnlyMode: true })
          : new TaskAdapter(queue, options.operator),
      )
    }
  }
  await refresh()
  const timer = setInterval(() => void refresh().catch(() => undefined), refreshMs)

  const server = fastify()
  guard(server, options.password)
  await server.register(adapter.registerPlugin())
  const url = await server.listen({ port: options.port, host: '127.0.0.1' })
  return {
    url,
    async stop() {
      clearInterval(timer)
      await server.close()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      redis.disconnect()
    },
  }
}

/** BullMQ keeps a queue's settings at `<prefix>:<queue>:meta`. */
async function queueNames(redis: Redis, prefix: string): Promise<string[]> {
  const names: string[] = []
  for await (const keys of redis.scanStream({ match: `${prefix}:*:meta`, count: 1000 }) as AsyncIterable<
    string[]
  >)
    names.push(...keys.map((key) => key.slice(prefix.length + 1, -':meta'.length)))
  return names.sort()
}
