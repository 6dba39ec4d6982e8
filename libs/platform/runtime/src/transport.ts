import type { IncomingHttpHeaders } from 'node:http'
import { Fault, faults } from '@cenopie/platform-contract'
import type { CallContext, FaultType } from '@cenopie/platform-contract'
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
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
  mediaType: string
  text: string
  retryAfter: string | undefined
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

export type Transport = (request: Request, call: CallContext) => Promise<Answer>

/** Connections to one service. Deadlines are the caller's, so the library has none of its own. */
const connections = { connections: 64, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 0 } } as const

/**
 * HTTP to one service over kept-alive connections. Rejects with `NoAnswer`, or as soon as the caller gives up: the
 * connection closes then, and the other side hears of it.
 */
export function httpTransport(baseUrl: string): Transport {
  const { origin } = new URL(baseUrl)
  const pool = new Pool(origin, connections)

  return ({ method, path, headers, body }, call) => {
    const abandonment = abandonmentOf(call)
    if (abandonment?.aborted) return Promise.reject(givenUp(abandonment))
    return new Promise<Answer>((resolve, reject) => {
      // Whether the request is on its way, which a library that waits for a connection tells late.
      let begun: Dispatcher.DispatchController | undefined
      let gone: Fault | undefined
      let status = 0
      let answered: IncomingHttpHeaders = {}
      const chunks: Buffer[] = []

      const ended = () => {
        clearTimeout(timer)
        abandonment?.removeEventListener('abort', abandoned)
      }
      const leave = (fault: Fault) => {
        gone = fault
        ended()
        reject(fault)
        begun?.abort(fault)
      }
      const abandoned = () => leave(givenUp(abandonment as AbortSignal))
      const late = () => leave(new NoAnswer({ sent: true, type: faults.deadlineExceeded }))
      const timer = setTimeout(late, call.deadline - Date.now())
      abandonment?.addEventListener('abort', abandoned, { once: true })

      // The path as it is: a URL would take "." and ".." in it for steps.
      pool.dispatch(
        { method: method as Dispatcher.HttpMethod, path, headers, body: body ?? null },
        {
          onRequestStart(controller) {
            begun = controller
            if (gone) controller.abort(gone)
          },
          onResponseStart(_controller, statusCode, responseHeaders) {
            status = statusCode
            answered = responseHeaders
          },
          onResponseData(_controller, chunk) {
            chunks.push(chunk)
          },
          onResponseEnd() {
            ended()
            resolve({
              status,
              mediaType: String(answered['content-type'] ?? ''),
              text: Buffer.concat(chunks).toString(),
              retryAfter: answered['retry-after']?.toString(),
            })
          },
          onResponseError(_controller, cause) {
            if (gone) return
            ended()
            reject(new NoAnswer({ sent: begun !== undefined, cause }))
          },
        },
      )
    })
  }
}
