import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type {
  AnyContent,
  AnyOperation,
  CallContext,
  Client,
  Contract,
  FaultType,
} from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import { breaker } from './breaker.ts'
import { clientOf } from './client.ts'
import type { Callable, Method } from './client.ts'
import { lent } from './content.ts'
import type { InternalTokens } from './identity/internal-token.ts'
import type { Problem } from './problem.ts'
import type { Rehearsal } from './rehearsal.ts'
import { remoteContent } from './remote-content.ts'
import { RetryBudget, retried } from './retry.ts'
import { NoAnswer, httpTransport } from './transport.ts'
import type { Answer } from './transport.ts'

/** Header of calls between services; a gateway never lets it in. */
export const internalHeader = 'x-cenopie-internal'

export interface ConnectOptions {
  log?: Logger
  rehearsal?: Rehearsal | undefined
}

/**
 * A domain that runs elsewhere. Raises the same faults as the local binding: problems by their code, no answer as
 * `unavailable`, a late answer as `deadline-exceeded`. Tries again what may be repeated; a service that does not answer
 * is left alone for a while. One client for a service, shared by all who call it: they learn from each other.
 */
export function connect<C extends Contract>(
  contract: C,
  baseUrl: string,
  tokens: InternalTokens,
  { log, rehearsal }: ConnectOptions = {},
): Client<C> {
  const service = contract.name
  const transport = httpTransport(baseUrl)
  const guarded = breaker(service, log)
  const budget = new RetryBudget()

  function requestFor(call: CallContext): Record<string, string> {
    const left = call.deadline - Date.now()
    if (left <= 0) throw new Fault(faults.deadlineExceeded)
    return {
      [internalHeader]: tokens.sign(service, call.actor),
      'x-request-id': call.requestId,
      traceparent: call.traceparent,
      'x-deadline-ms': String(left),
    }
  }

  /** A fault as the caller is to see it. */
  function raised(fault: Fault, key: string, callable: Callable, call: CallContext): Fault {
    if (!isOurOwn(fault, callable, call)) return fault
    log?.error(
      { operation: `${service}.${key}`, requestId: call.requestId },
      'our internal token was refused',
    )
    return new Fault(faults.internal, { cause: fault })
  }

  const operationMethod = (key: string, operation: AnyOperation): Method => {
    const address = addresser(operation)
    return async (input, call) => {
      const { path, body } = address(input)
      const headers = requestFor(call)
      if (body !== undefined) headers['content-type'] = 'application/json'
      const request = { method: operation.method, path, headers, body }
      const outcome = await guarded(async () => understood(operation, await transport.send(request, call)))
      if (!(outcome instanceof Fault)) return outcome.output
      throw raised(outcome, key, operation, call)
    }
  }

  const contentMethod = (key: string, content: AnyContent): Method => {
    const address = addresser(content)
    return async (input, call) => {
      const { path } = address(input)
      const request = { path, body: undefined }
      const ask = async (headers: Record<string, string>, call: CallContext) => {
        const given = { ...request, method: 'GET', headers: { ...requestFor(call), ...headers } }
        const outcome = await guarded(async () => {
          const answer = await transport.open(given, call)
          return 'status' in answer ? faultOf(answer, content.faults) : answer
        })
        if (!(outcome instanceof Fault)) return outcome
        throw raised(outcome, key, content, call)
      }
      const head = await guarded(() =>
        transport.send({ ...request, method: 'HEAD', headers: requestFor(call) }, call),
      )
      const again = retried(ask, content, service, budget)
      return lent(
        await remoteContent(head, {
          refusal: () => ask({}, call),
          open: (headers) => again(headers, call),
        }),
        call,
      )
    }
  }

  const once = (key: string, callable: Callable): Method =>
    'kind' in callable ? contentMethod(key, callable) : operationMethod(key, callable)
  const attempts = clientOf(contract, once)
  const rehearsed = rehearsal?.client(contract, attempts) ?? attempts
  return clientOf(contract, (key, callable) => retried(rehearsed[key] as Method, callable, service, budget))
}

/** Puts an operation's input where its path, query and body expect it. */
export function addressed(operation: Callable, input: Record<string, unknown>): Address {
  return addresser(operation)(input)
}

interface Address {
  path: string
  body?: string
}

/** `addressed` for many inputs. */
function addresser({ path, method }: Callable): (input: Record<string, unknown>) => Address {
  // Text and field names take turns.
  const [start = '', ...parts] = path.split(/\{(\w+)\}/)
  const inPath = new Set(parts.filter((_part, at) => at % 2 === 0))
  const hasBody = method !== 'GET' && method !== 'DELETE'

  return (input) => {
    let target = start
    for (const [at, part] of parts.entries())
      target += at % 2 === 0 ? encodeURIComponent(wholeText(part, input[part])) : part
    const rest = Object.entries(input).filter(([name]) => !inPath.has(name))
    if (hasBody) return { path: target, body: JSON.stringify(Object.fromEntries(rest)) }
    if (rest.length === 0) return { path: target }
    const query = new URLSearchParams()
    for (const [name, value] of rest) {
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) query.append(name, wholeText(name, one))
    }
    return { path: query.size > 0 ? `${target}?${query}` : target }
  }
}

/** A URL cannot carry half of a surrogate pair; the other side would refuse it too. */
function wholeText(field: string, value: unknown): string {
  const text = String(value)
  if (!text.isWellFormed()) throw invalid({ field, message: 'must not contain half of a surrogate pair' })
  return text
}

/** What the answer says. Throws `NoAnswer` for what is not from our edge: a page of a proxy, a redirection. */
function understood(operation: AnyOperation, answer: Answer): { output: unknown } | Fault {
  const { status, text } = answer
  if (status === operation.status) {
    if (operation.mediaType) return { output: text }
    return { output: operation.output ? parsed(text) : undefined }
  }
  return faultOf(answer, operation.faults)
}

/** The problem that an answer tells. Throws `NoAnswer` where it tells none. */
function faultOf({ headers, text }: Answer, declared: readonly FaultType[]): Fault {
  if (!headers['content-type']?.startsWith('application/problem+json')) throw new NoAnswer({ sent: true })
  const problem = parsed(text) as Partial<Problem>
  const types: FaultType[] = [...Object.values(faults), ...declared]
  const type = types.find(({ code }) => code === problem.code)
  // A newer version may know faults that this one does not; in the process an undeclared one would become the same.
  return new Fault(type ?? faults.internal, {
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    ...(headers['retry-after'] === undefined ? {} : { retryAfter: Number(headers['retry-after']) }),
  })
}

/** `unauthenticated` where nobody need be signed in: secrets or clocks of the two services differ. No caller can mend it. */
function isOurOwn({ code }: Fault, { access }: Callable, { actor }: CallContext): boolean {
  return code === faults.unauthenticated.code && (access !== 'user' || actor.kind === 'user')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new NoAnswer({ sent: true, cause })
  }
}
