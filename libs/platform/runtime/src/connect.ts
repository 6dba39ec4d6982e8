import { Agent, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { Fault, faults } from '@cenopie/platform-contract'
import type { AnyOperation, CallContext, Client, Contract, FaultType } from '@cenopie/platform-contract'
import type { InternalTokens } from './identity/internal-token.ts'
import type { Problem } from './problem.ts'

/** Header of calls between services; a gateway never lets it in. */
export const internalHeader = 'x-cenopie-internal'

const agentOptions = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const

/**
 * A domain that runs elsewhere. Raises the same faults as the local binding: problems by their code, no answer as
 * `unavailable`, a late answer as `deadline-exceeded`.
 */
export function connect<C extends Contract>(contract: C, baseUrl: string, tokens: InternalTokens): Client<C> {
  const base = new URL(baseUrl)
  const secure = base.protocol === 'https:'
  const agent = secure ? new SecureAgent(agentOptions) : new Agent(agentOptions)
  const send = secure ? secureRequest : request

  async function call(
    operation: AnyOperation,
    input: Record<string, unknown>,
    context: CallContext,
  ): Promise<unknown> {
    const { path, body } = addressed(operation, input)
    const left = context.deadline - Date.now()
    if (left <= 0) throw new Fault(faults.deadlineExceeded)
    const headers = {
      [internalHeader]: await tokens.sign(contract.name, context.actor),
      'x-request-id': context.requestId,
      traceparent: context.traceparent,
      'x-deadline-ms': String(left),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    }
    const signals = [AbortSignal.timeout(left), ...(context.signal ? [context.signal] : [])]
    const signal = AbortSignal.any(signals)
    const answer = await new Promise<{ status: number; text: string; retryAfter: string | undefined }>(
      (resolve, reject) => {
        const outgoing = send(
          new URL(path, base),
          { method: operation.method, headers, agent, signal },
          (incoming) => {
            const chunks: Buffer[] = []
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
            incoming.on('error', reject)
            incoming.on('end', () =>
              resolve({
                status: incoming.statusCode ?? 0,
                text: Buffer.concat(chunks).toString(),
                retryAfter: incoming.headers['retry-after'],
              }),
            )
          },
        )
        outgoing.on('error', reject)
        outgoing.end(body)
      },
    ).catch((cause: unknown) => {
      const late = Date.now() >= context.deadline
      throw new Fault(late ? faults.deadlineExceeded : faults.unavailable, { cause })
    })
    if (answer.status >= 400) throw faultFrom(operation, answer)
    if (operation.mediaType) return answer.text
    return answer.text === '' ? undefined : (JSON.parse(answer.text) as unknown)
  }

  return Object.fromEntries(
    Object.entries(contract.operations).map(([key, operation]) => [
      key,
      (input: Record<string, unknown>, context: CallContext) => call(operation, input, context),
    ]),
  ) as unknown as Client<C>
}

/** Puts an operation's input where its path, query and body expect it. */
export function addressed(
  operation: AnyOperation,
  input: Record<string, unknown>,
): { path: string; body?: string } {
  const rest = { ...input }
  const path = operation.path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = encodeURIComponent(String(rest[name]))
    delete rest[name]
    return value
  })
  if (operation.method !== 'GET' && operation.method !== 'DELETE') return { path, body: JSON.stringify(rest) }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) query.append(name, String(one))
  }
  return { path: query.size > 0 ? `${path}?${query}` : path }
}

function faultFrom(operation: AnyOperation, answer: { text: string; retryAfter: string | undefined }): Fault {
  let problem: Partial<Problem> = {}
  try {
    problem = JSON.parse(answer.text) as Partial<Problem>
  } catch {
    // Not from our edge: a proxy's page. It counts as no answer.
  }
  const types: FaultType[] = [...Object.values(faults), ...operation.faults]
  const type = types.find(({ code }) => code === problem.code) ?? faults.unavailable
  return new Fault(type, {
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    ...(answer.retryAfter === undefined ? {} : { retryAfter: Number(answer.retryAfter) }),
  })
}
