import type {
  AnyContent,
  AnyOperation,
  ContentStream,
  Contract,
  Input,
  Output,
  StreamsOf,
} from '@cenopie/platform-contract'
import { addressed } from '@cenopie/platform-runtime'
import type { z } from 'zod'
import { bodyOf } from './body.ts'
import { lookUnderWay, type Look } from './eventually.ts'
import { Problem } from './problem.ts'

/** One request and its answer, for whoever prints or checks them. */
export interface Exchange {
  operation: Pick<Called, 'method' | 'path' | 'repeatable'> & Pick<AnyOperation, 'sensitive'>
  /** `contract.operation`. */
  name: string
  request: { path: string; body?: string }
  status: number
  headers: Headers
  /** What JSON says, or the text; of other files what `bodyOf` makes of them. */
  body: unknown
  /** Milliseconds until the whole answer was read. */
  elapsed: number
  /** Set when somebody looks again and again until there is something to see. */
  look?: Look | undefined
}

/** Sends one call: once, as it is, unless a rehearsal sends it again. `send` takes headers to add. */
export type Delivery = (
  call: Pick<Exchange, 'operation' | 'name'>,
  send: (headers?: Record<string, string>) => Promise<Exchange>,
) => Promise<Exchange>

/** How to reach the platform, and as whom. */
export interface Connection {
  /** Without trailing slash. */
  url: string
  /** The access token, or undefined to call as nobody. */
  token?: () => string | undefined
  observe?: ((exchange: Exchange) => void) | undefined
  deliver?: Delivery | undefined
}

/** A domain's operations, and files, as somebody outside calls them over HTTP. Rejects with `Problem`. */
export type HttpClient<C extends Contract> = {
  [K in keyof C['operations']]: (input: Input<C['operations'][K]>) => Promise<Output<C['operations'][K]>>
} & {
  [K in keyof StreamsOf<C>]: StreamsOf<C>[K] extends ContentStream<infer I>
    ? (input: z.input<z.ZodObject<I>>) => Promise<unknown>
    : never
}

type Called = AnyOperation | AnyContent

export function httpClient<C extends Contract>(contract: C, connection: Connection): HttpClient<C> {
  const contents = Object.entries(contract.streams ?? {}).filter(
    (entry): entry is [string, AnyContent] => entry[1].kind === 'content',
  )
  const methods = [...Object.entries(contract.operations), ...contents].map(([key, called]) => [
    key,
    (input: Record<string, unknown>) => call(connection, `${contract.name}.${key}`, called, input),
  ])
  return Object.fromEntries(methods) as HttpClient<C>
}

async function call(
  { url, token, observe, deliver }: Connection,
  name: string,
  operation: Called,
  input: Record<string, unknown>,
): Promise<unknown> {
  const accepted = acceptedFrom(operation)
  const request = addressed(operation, input)
  const { type, body: sent } = encoded(accepted, request.body)
  const bearer = token?.()
  const look = lookUnderWay()
  const send = async (extra: Record<string, string> = {}): Promise<Exchange> => {
    const started = performance.now()
    const response = await fetch(url + request.path, {
      method: operation.method,
      redirect: 'error',
      headers: {
        accept: accepted,
        ...(sent === undefined ? {} : { 'content-type': type }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...extra,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const body = await bodyOf(response)
    const { status, headers } = response
    const elapsed = performance.now() - started
    return { operation, name, request, status, headers, body, elapsed, look }
  }
  const exchange = await (deliver ? deliver({ operation, name }, send) : send())
  observe?.(exchange)
  const { status, headers, body } = exchange
  if (status >= 300) throw new Problem(`${operation.method} ${operation.path}`, status, headers, body)
  return status === 204 ? undefined : body
}

function acceptedFrom(called: Called): string {
  return 'kind' in called ? called.mediaTypes.join(', ') : (called.mediaType ?? 'application/json')
}

/** Pages get what a browser's form sends, everything else JSON. */
function encoded(accepted: string, body: string | undefined): { type: string; body: string | undefined } {
  if (accepted !== 'text/html' || body === undefined) return { type: 'application/json', body }
  const fields = new URLSearchParams(JSON.parse(body) as Record<string, string>)
  return { type: 'application/x-www-form-urlencoded', body: fields.toString() }
}
