import type { Role } from '@cenopie/auth-contract'

/** Owners give and take every role; admins every role but owner; the others none. */
function governs(actor: Role, role: Role): boolean {
  return actor === 'owner' || (actor === 'admin' && role !== 'owner')
}

export function mayManage(actor: Role): boolean {
  return actor === 'owner' || actor === 'admin'
}

export function mayInvite(actor: Role, role: Role): boolean {
  return governs(actor, role)
}

export function mayChangeRole(actor: Role, from: Role, to: Role): boolean {
  return governs(actor, from) && governs(actor, to)
}

/** Everybody may leave. */
export function mayRemove(actor: Role, target: Role, self: boolean): boolean {
  return self || governs(actor, target)
}

/** A company keeps an owner. `owners` counts those it has now. */
export function losesLastOwner(owners: number, from: Role, to: Role | undefined): boolean {
  return from === 'owner' && to !== 'owner' && owners <= 1
}
