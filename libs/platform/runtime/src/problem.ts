import type { Fault, FaultKind } from '@cenopie/platform-contract'

/** The only place where a kind of fault becomes an HTTP status. */
export const statusOf: Record<FaultKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  timeout: 408,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'range-not-satisfiable': 416,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
  'deadline-exceeded': 504,
}

/** RFC 9457 problem details; `code`, `requestId` and `errors` are extension members. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  requestId: string
  errors?: { field: string; message: string }[]
}

export function problemOf(fault: Fault, requestId: string): Problem {
  const { code, kind, title } = fault.type
  return {
    type: `/problems/${code}`,
    title,
    status: statusOf[kind],
    code,
    ...(fault.detail === undefined || kind === 'internal' ? {} : { detail: fault.detail }),
    requestId,
    ...(fault.errors === undefined ? {} : { errors: fault.errors }),
  }
}
