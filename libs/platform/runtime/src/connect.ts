import { urlToHttpOptions } from 'node:url'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { AnyOperation, CallContext, Client, Contract, FaultType } from '@cenopie/platform-contract'
import type { InternalTokens } from './identity/internal-token.ts'
import { givenUp } from './invoke.ts'
import type { Problem } from './problem.ts'

// Not an `import`: naming exports of node:http makes Node load its whole fetch, 90 ms of a start.
const { Agent, request } = process.getBuiltinModule('node:http')
const { Agent: SecureAgent, request: secureRequest } = process.getBuiltinModule('node:https')

/** Header of calls between services; a gateway never lets it in. */
export const internalHeader = 'x-cenopie-internal'

const agentOptions = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const

/**
 * A domain that runs elsewhere. Raises the same faults as the local binding: problems by their code, no answer as
 * `unavailable`, a late answer as `deadline-exceeded`.
 */
export function connect<C extends Contract>(contract: C, baseUrl: string, tokens: InternalTokens): Client<C> {
  const server = urlToHttpOptions(new URL(baseUrl))
  const secure = server.protocol === 'https:'
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
          // The path as it is: a URL would take "." and ".." in it for steps.
          { ...server, path, method: operation.method, headers, agent, signal },
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
      throw signal.aborted ? givenUp(signal) : new Fault(faults.unavailable, { cause })
    })
    if (answer.status !== operation.status) throw faultFrom(operation, answer)
    if (operation.mediaType) return answer.text
    return operation.output ? outputFrom(answer.text) : undefined
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
    const value = encodeURIComponent(wholeText(name, rest[name]))
    delete rest[name]
    return value
  })
  if (operation.method !== 'GET' && operation.method !== 'DELETE') return { path, body: JSON.stringify(rest) }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) query.append(name, wholeText(name, one))
  }
  return { path: query.size > 0 ? `${path}?${query}` : path }
}

/** A URL cannot carry half of a surrogate pair; the other side would refuse it too. */
function wholeText(field: string, value: unknown): string {
  const text = String(value)
  if (!text.isWellFormed()) throw invalid({ field, message: 'must not contain half of a surrogate pair' })
  return text
}

/** A body that is no JSON is not from our edge. It counts as no answer. */
function outputFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault(faults.unavailable, { cause })
  }
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
