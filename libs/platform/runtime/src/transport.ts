import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { urlToHttpOptions } from 'node:url'
import { Fault, faults } from '@cenopie/platform-contract'
import type { CallContext, FaultType } from '@cenopie/platform-contract'
import { abandonmentOf } from './call.ts'
import { givenUp } from './invoke.ts'

// Not an `import`: naming exports of node:http makes Node load its whole fetch, 90 ms of a start.
const { Agent, request } = process.getBuiltinModule('node:http')
const { Agent: SecureAgent, request: secureRequest } = process.getBuiltinModule('node:https')

export interface Request {
  method: string
  path: string
  /** Without `host` and what describes the body. */
  headers: Record<string, string>
  /** JSON. */
  body: string | undefined
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Nobody answered, or nobody of ours did. */
export class NoAnswer extends Fault {
  /** Whether the request may have arrived: if not, even what must not happen twice may be tried again. */
  readonly sent: boolean

  constructor(details: { sent: boolean; type?: FaultType; cause?: unknown }) {
    super(details.type ?? faults.unavailable, { cause: details.cause })
    this.sent = details.sent
  }
}

export interface Transport {
  /** Resolves with the whole answer. */
  send(request: Request, call: CallContext, repeatable: boolean): Promise<Answer>
  /**
   * Resolves with the answer's first byte, on a connection of its own kind: calls must not wait for readers. What does not
   * succeed is an answer as of `send`. Whoever gets the message reads it to its end or destroys it.
   */
  open(request: Request, call: CallContext): Promise<Answer | IncomingMessage>
}

/** What becomes of an answer that has begun. */
type Reading<T> = (
  incoming: IncomingMessage,
  done: (answer: T) => void,
  broken: (cause: Error) => void,
) => void

const agentOptions = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const

/**
 * HTTP to one service over kept-alive connections. Rejects with `NoAnswer`, or as soon as the caller gives up: the
 * connection closes then, and the other side hears of it.
 */
export function httpTransport(baseUrl: string): Transport {
  const url = new URL(baseUrl)
  const secure = url.protocol === 'https:'
  const { protocol, hostname, port } = urlToHttpOptions(url)
  const server = { protocol, hostname, port }
  const agentFor = () => (secure ? new SecureAgent(agentOptions) : new Agent(agentOptions))
  const [forCalls, forReaders] = [agentFor(), agentFor()]
  const send = secure ? secureRequest : request

  function exchange<T>(
    given: Request,
    call: CallContext,
    agent: InstanceType<typeof Agent> | false,
    reading: Reading<T>,
  ): Promise<T> {
    const { method, path, body } = given
    const abandonment = abandonmentOf(call)
    if (abandonment?.aborted) return Promise.reject(givenUp(abandonment))
    return new Promise<T>((resolve, reject) => {
      // As a list: Node then neither copies nor checks each of them again.
      const headers = ['host', url.host]
      for (const name in given.headers) headers.push(name, given.headers[name] as string)
      if (body !== undefined)
        headers.push('content-type', 'application/json', 'content-length', String(Buffer.byteLength(body)))
      // The path as it is: a URL would take "." and ".." in it for steps.
      const outgoing = send({ ...server, method, path, headers, agent })

      const ended = () => {
        clearTimeout(timer)
        abandonment?.removeEventListener('abort', abandoned)
      }
      const fail = (fault: Fault) => {
        ended()
        reject(fault)
        outgoing.destroy()
      }
      const abandoned = () => fail(givenUp(abandonment as AbortSignal))
      const late = () => fail(new NoAnswer({ sent: true, type: faults.deadlineExceeded }))
      let begun = false
      const broken = (cause: Error & { syscall?: string }) => {
        const sent = cause.syscall !== 'connect' && cause.syscall !== 'getaddrinfo'
        fail(outgoing.reusedSocket && !begun ? new StaleSocket(cause) : new NoAnswer({ sent, cause }))
      }
      const timer = setTimeout(late, call.deadline - Date.now())
      abandonment?.addEventListener('abort', abandoned, { once: true })

      outgoing.on('error', broken)
      outgoing.on('response', (incoming) => {
        begun = true
        const done = (answer: T) => {
          ended()
          resolve(answer)
        }
        reading(incoming, done, broken)
      })
      outgoing.end(body)
    })
  }

  /** Once more on a new connection if the one in use was closed just then. */
  function repeated<T>(
    given: Request,
    call: CallContext,
    agent: InstanceType<typeof Agent>,
    reading: Reading<T>,
  ) {
    return exchange(given, call, agent, reading).catch((error: unknown) => {
      if (error instanceof StaleSocket) return exchange(given, call, false, reading)
      throw error
    })
  }

  return {
    send: (given, call, repeatable) =>
      repeatable ? repeated(given, call, forCalls, whole) : exchange(given, call, forCalls, whole),
    open: (given, call) => repeated(given, call, forReaders, begun),
  }
}

const whole: Reading<Answer> = (incoming, done, broken) => {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('error', broken)
  incoming.on('end', () =>
    done({
      status: incoming.statusCode ?? 0,
      headers: incoming.headers,
      text: Buffer.concat(chunks).toString(),
    }),
  )
}

const begun: Reading<Answer | IncomingMessage> = (incoming, done, broken) => {
  if (incoming.statusCode === 200 || incoming.statusCode === 206) done(incoming)
  else whole(incoming, done, broken)
}

/**
 * The other side closed a kept-alive connection, perhaps just before it would have read the request: one cannot tell.
 * What may be repeated gets a connection of its own at once; this says nothing about the health of the service.
 */
class StaleSocket extends NoAnswer {
  constructor(cause: unknown) {
    super({ sent: true, cause })
  }
}
