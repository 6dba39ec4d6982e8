/** Who is calling. Companies are the scopes a membership speaks of; roles are the auth domain's words. */
export type Actor = AnonymousActor | UserActor | ServiceActor

export interface AnonymousActor {
  readonly kind: 'anonymous'
}

export interface UserActor {
  readonly kind: 'user'
  readonly id: string
  readonly sessionId: string
  readonly emailVerified: boolean
  /** Company id → role, as of the token's issue (at most one token lifetime old). */
  readonly memberships: Readonly<Record<string, string>>
}

export interface ServiceActor {
  readonly kind: 'service'
  /** The module that acts on its own account: background tasks, reactions, schedules. */
  readonly name: string
}

/** What travels with every call, in one process or between services. */
export interface CallContext<A extends Actor = Actor> {
  readonly actor: A
  readonly requestId: string
  /** W3C trace context, version 00. */
  readonly traceparent: string
  /** Epoch milliseconds after which the answer is of no use. */
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
}

export const anonymous: AnonymousActor = { kind: 'anonymous' }

export function service(name: string): ServiceActor {
  return { kind: 'service', name }
}
