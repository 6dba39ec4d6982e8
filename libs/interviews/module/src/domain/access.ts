import type { UserActor } from '@cenopie/platform-contract'

const administering = new Set(['owner', 'admin'])
const managing = new Set(['owner', 'admin', 'recruiter'])
const reading = new Set([...managing, 'interviewer'])

/** Companies whose templates, invitations and decisions this person may manage. */
export function managedBy(actor: UserActor): string[] {
  return companiesWith(actor, managing)
}

/** Companies whose retention, erasures and audits this person answers for. */
export function administeredBy(actor: UserActor): string[] {
  return companiesWith(actor, administering)
}

/** Companies whose interviews this person may read and score. */
export function readableBy(actor: UserActor): string[] {
  return companiesWith(actor, reading)
}

function companiesWith({ memberships }: UserActor, roles: ReadonlySet<string>): string[] {
  return Object.entries(memberships)
    .filter(([, role]) => roles.has(role))
    .map(([companyId]) => companyId)
}
