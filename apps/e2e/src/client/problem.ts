/** What the platform answers instead of a result: RFC 9457 `application/problem+json`. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string

  constructor(request: string, status: number, headers: Headers, body: unknown) {
    const { code, detail, title } = (typeof body === 'object' && body ? body : {}) as Record<string, unknown>
    super(`${request} answered ${status} ${String(code ?? '')}: ${String(detail ?? title ?? body)}`)
    this.name = 'Problem'
    this.status = status
    this.code = String(code ?? '')
    this.requestId = headers.get('x-request-id') ?? ''
  }
}
