import type { AnyOperation, Contract, Input, Output } from '@cenopie/platform-contract'
import { addressed } from '@cenopie/platform-runtime'
import { lookUnderWay, type Look } from './eventually.ts'
import { Problem } from './problem.ts'

/** One request and its answer, for whoever prints or checks them. */
export interface Exchange {
  operation: AnyOperation
  /** `contract.operation`. */
  name: string
  request: { path: string; body?: string }
  status: number
  headers: Headers
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

/** A domain's operations as somebody outside calls them over HTTP. Rejects with `Problem`. */
export type HttpClient<C extends Contract> = {
  [K in keyof C['operations']]: (input: Input<C['operations'][K]>) => Promise<Output<C['operations'][K]>>
}

export function httpClient<C extends Contract>(contract: C, connection: Connection): HttpClient<C> {
  const methods = Object.entries(contract.operations).map(([key, operation]) => [
    key,
    (input: Record<string, unknown>) => call(connection, `${contract.name}.${key}`, operation, input),
  ])
  return Object.fromEntries(methods) as HttpClient<C>
}

async function call(
  { url, token, observe, deliver }: Connection,
  name: string,
  operation: AnyOperation,
  input: Record<string, unknown>,
): Promise<unknown> {
  const request = addressed(operation, input)
  const { type, body: sent } = encoded(operation, request.body)
  const bearer = token?.()
  const look = lookUnderWay()
  const send = async (extra: Record<string, string> = {}): Promise<Exchange> => {
    const started = performance.now()
    const response = await fetch(url + request.path, {
      method: operation.method,
      redirect: 'error',
      headers: {
        accept: operation.mediaType ?? 'application/json',
        ...(sent === undefined ? {} : { 'content-type': type }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...extra,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    const body: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
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

/** Pages get what a browser's form sends, everything else JSON. */
function encoded(
  operation: AnyOperation,
  body: string | undefined,
): { type: string; body: string | undefined } {
  if (operation.mediaType !== 'text/html' || body === undefined) return { type: 'application/json', body }
  const fields = new URLSearchParams(JSON.parse(body) as Record<string, string>)
  return { type: 'application/x-www-form-urlencoded', body: fields.toString() }
}
