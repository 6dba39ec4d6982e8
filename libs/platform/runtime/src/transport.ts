import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Fault, faults } from '@cenopie/platform-contract'
import type { CallContext, FaultType } from '@cenopie/platform-contract'
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { begun } from './begun.ts'
import { abandonmentOf } from './call.ts'
import { givenUp } from './invoke.ts'

export interface Request {
  method: string
  path: string
  /** Without `host` and the length of the body. */
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
  send(request: Request, call: CallContext): Promise<Answer>
  /**
   * Resolves with the answer's first byte, on a connection of its own kind: calls must not wait for readers. What does not
   * succeed is an answer as of `send`. Whoever gets the stream reads it to its end or destroys it.
   */
  open(request: Request, call: CallContext): Promise<Answer | Readable>
}

/** Connections to one service. Deadlines are the caller's, so the library has none of its own. */
const connections = { connections: 64, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 0 } } as const

/**
 * HTTP to one service over kept-alive connections. Rejects with `NoAnswer`, or as soon as the caller gives up: the
 * connection closes then, and the other side hears of it.
 */
export function httpTransport(baseUrl: string): Transport {
  const { origin } = new URL(baseUrl)
  const [calls, readers] = [new Pool(origin, connections), new Pool(origin, connections)]
  return {
    send: (request, call) => untilGivenUp(call, (leaving) => exchange(calls, request, leaving)),
    open: (request, call) => untilGivenUp(call, (leaving) => begin(readers, request, leaving)),
  }
}

/** Tells who is at work that nobody waits any more: `abort` is what they set once it can be called. */
interface Leaving {
  abort?: (reason: Fault) => void
  gone?: Fault
}

function untilGivenUp<T>(call: CallContext, work: (leaving: Leaving) => Promise<T>): Promise<T> {
  const abandonment = abandonmentOf(call)
  if (abandonment?.aborted) return Promise.reject(givenUp(abandonment))
  return new Promise<T>((resolve, reject) => {
    const leaving: Leaving = {}
    const ended = () => {
      clearTimeout(timer)
      abandonment?.removeEventListener('abort', abandoned)
    }
    const leave = (fault: Fault) => {
      leaving.gone = fault
      ended()
      reject(fault)
      leaving.abort?.(fault)
    }
    const abandoned = () => leave(givenUp(abandonment as AbortSignal))
    const late = () => leave(new NoAnswer({ sent: true, type: faults.deadlineExceeded }))
    const timer = setTimeout(late, call.deadline - Date.now())
    abandonment?.addEventListener('abort', abandoned, { once: true })
    work(leaving).then(
      (answer) => {
        ended()
        resolve(answer)
      },
      (error: unknown) => {
        ended()
        reject(error as Error)
      },
    )
  })
}

/** The path as it is: a URL would take "." and ".." in it for steps. */
const wanted = ({ method, path, headers, body }: Request) =>
  ({ method: method as Dispatcher.HttpMethod, path, headers, body: body ?? null }) as const

function exchange(pool: Pool, request: Request, leaving: Leaving): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let sent = false
    let status = 0
    let headers: IncomingHttpHeaders = {}
    const chunks: Buffer[] = []
    pool.dispatch(wanted(request), {
      onRequestStart(controller) {
        sent = true
        if (leaving.gone) controller.abort(leaving.gone)
        else leaving.abort = (reason) => controller.abort(reason)
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode
        headers = responseHeaders
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        resolve({ status, headers, text: Buffer.concat(chunks).toString() })
      },
      onResponseError(_controller, cause) {
        reject(new NoAnswer({ sent, cause }))
      },
    })
  })
}

async function begin(pool: Pool, request: Request, leaving: Leaving): Promise<Answer | Readable> {
  const given = new AbortController()
  leaving.abort = (reason) => given.abort(reason)
  try {
    const answer = await pool.request({ ...wanted(request), signal: given.signal })
    const { statusCode: status, headers, body } = answer
    if (status === 200 || status === 206) {
      await begun(body)
      return body
    }
    return { status, headers, text: await body.text() }
  } catch (cause) {
    throw new NoAnswer({ sent: true, cause })
  }
}
