import { randomUUID } from 'node:crypto'
import { anonymous, service } from '@cenopie/platform-contract'
import type { Actor, AnonymousActor, CallContext, ServiceActor, UserActor } from '@cenopie/platform-contract'

/** A signed-in person with a verified address; whatever matters to the test is overridden. */
export function userActor(given: Partial<Omit<UserActor, 'kind'>> = {}): UserActor {
  return {
    kind: 'user',
    id: randomUUID(),
    sessionId: randomUUID(),
    emailVerified: true,
    memberships: {},
    ...given,
  }
}

/** A call by `actor` that may take ten seconds. */
export function callBy<A extends Actor>(actor: A): CallContext<A> {
  const hex = () => randomUUID().replaceAll('-', '')
  return {
    actor,
    requestId: hex(),
    traceparent: `00-${hex()}-${hex().slice(16)}-01`,
    deadline: Date.now() + 10_000,
  }
}

/** One member of a company in each role, under its name; each look at one is a call of its own, with its own deadline. */
export function membersOf<R extends string>(
  companyId: string,
  roles: readonly R[],
): { readonly id: string } & { readonly [K in R]: CallContext<UserActor> } {
  const members = roles.map((role): [R, PropertyDescriptor] => {
    const actor = userActor({ memberships: { [companyId]: role } })
    return [role, { enumerable: true, get: () => callBy(actor) }]
  })
  return Object.defineProperties({ id: companyId }, Object.fromEntries(members)) as ReturnType<
    typeof membersOf<R>
  >
}

export const userCall = (given?: Parameters<typeof userActor>[0]): CallContext<UserActor> =>
  callBy(userActor(given))
export const anonymousCall = (): CallContext<AnonymousActor> => callBy(anonymous)
export const serviceCall = (name: string): CallContext<ServiceActor> => callBy(service(name))
