import type { Actor } from '@cenopie/platform-contract'

const members = ['owner', 'admin', 'recruiter', 'interviewer']
const managers = ['owner', 'admin', 'recruiter']

/** Companies whose postings and applications the actor may read. */
export function readableCompanies(actor: Actor): string[] {
  return companiesWith(actor, members)
}

/** Companies whose postings and applications the actor may change; their notes are for them alone. */
export function managedCompanies(actor: Actor): string[] {
  return companiesWith(actor, managers)
}

function companiesWith(actor: Actor, roles: readonly string[]): string[] {
  if (actor.kind !== 'user') return []
  return Object.entries(actor.memberships).flatMap(([company, role]) =>
    roles.includes(role) ? [company] : [],
  )
}
