/** What went wrong, in terms a caller can act on. Only the HTTP edge turns a kind into a status. */
export type FaultKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'precondition-failed'
  | 'timeout'
  | 'too-large'
  | 'unsupported-media-type'
  | 'range-not-satisfiable'
  | 'rate-limited'
  | 'unavailable'
  | 'deadline-exceeded'
  | 'internal'

/** One row of the table of codes. `code` is stable: clients branch on it. */
export interface FaultType {
  readonly code: string
  readonly kind: FaultKind
  readonly title: string
}

/** A field of the input that was refused. `field` is a dotted path: `answers.0.text`. */
export interface FieldError {
  field: string
  message: string
}

export interface FaultDetails {
  detail?: string
  errors?: FieldError[]
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfter?: number
  cause?: unknown
}

/** The only error that crosses a module's boundary; both bindings raise it alike. */
export class Fault extends Error {
  readonly type: FaultType
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined
  readonly detail: string | undefined

  constructor(type: FaultType, details: FaultDetails = {}) {
    super(details.detail ?? type.title, details.cause === undefined ? {} : { cause: details.cause })
    this.name = 'Fault'
    this.type = type
    this.detail = details.detail
    this.errors = details.errors
    this.retryAfter = details.retryAfter
  }

  get code(): string {
    return this.type.code
  }
}

/** Declares a domain's own fault: `fault('jobs.already-applied', 'conflict', '…')`. */
export function fault(code: string, kind: FaultKind, title: string): FaultType {
  return { code, kind, title }
}

/** Faults that any operation may answer without declaring them. */
export const faults = {
  invalidInput: fault('invalid-input', 'invalid', 'The request does not match what this operation accepts.'),
  unauthenticated: fault('unauthenticated', 'unauthenticated', 'A valid access token is required.'),
  forbidden: fault('forbidden', 'forbidden', 'You may not do this.'),
  notFound: fault('not-found', 'not-found', 'There is nothing here, or not for you.'),
  requestTimeout: fault('request-timeout', 'timeout', 'The request did not arrive in time.'),
  payloadTooLarge: fault('payload-too-large', 'too-large', 'The request body is larger than allowed.'),
  unsupportedMediaType: fault(
    'unsupported-media-type',
    'unsupported-media-type',
    'The request body has a media type that this operation does not read.',
  ),
  preconditionFailed: fault(
    'precondition-failed',
    'precondition-failed',
    'This is no longer what the request speaks of.',
  ),
  rangeNotSatisfiable: fault('range-not-satisfiable', 'range-not-satisfiable', 'It has no such part.'),
  rateLimited: fault('rate-limited', 'rate-limited', 'Too many requests; wait before the next one.'),
  idempotencyKeyReused: fault(
    'idempotency-key-reused',
    'conflict',
    'This Idempotency-Key was used with a different request.',
  ),
  idempotencyInFlight: fault(
    'idempotency-in-flight',
    'conflict',
    'A request with this Idempotency-Key is still being worked on.',
  ),
  unavailable: fault('unavailable', 'unavailable', 'A part this needs does not answer; try again.'),
  deadlineExceeded: fault('deadline-exceeded', 'deadline-exceeded', 'This took longer than allowed.'),
  internal: fault('internal', 'internal', 'Something went wrong on our side.'),
} as const

/** A refused input with the fields at fault. */
export function invalid(...errors: FieldError[]): Fault {
  return new Fault(faults.invalidInput, {
    detail: errors.map((error) => `${error.field}: ${error.message}`).join('; '),
    errors,
  })
}
