import { Fault, faults, type UserActor } from '@cenopie/platform-contract'
import type { Queryable } from '@cenopie/platform-database'
import { lockForMember, type InterviewRow, type Reader } from '../data/interview-row.ts'
import { administeredBy, managedBy, readableBy } from '../domain/access.ts'

export function readerOf(actor: UserActor): Reader {
  return { userId: actor.id, companies: readableBy(actor) }
}

/** @throws Fault not-found for strangers, forbidden for members whose role only reads */
export function requireManager(actor: UserActor, companyId: string): void {
  requireMember(actor, companyId)
  if (!managedBy(actor).includes(companyId)) throw new Fault(faults.forbidden)
}

/** @throws Fault not-found for strangers, forbidden for members who are neither owner nor admin */
export function requireAdmin(actor: UserActor, companyId: string): void {
  requireMember(actor, companyId)
  if (!administeredBy(actor).includes(companyId)) throw new Fault(faults.forbidden)
}

/** @throws Fault not-found: a company that is not yours looks like one that does not exist */
export function requireMember(actor: UserActor, companyId: string): void {
  if (!readableBy(actor).includes(companyId)) throw new Fault(faults.notFound)
}

/** The interview, locked, for somebody who may manage it. */
export async function lockManaged(tx: Queryable, id: string, actor: UserActor): Promise<InterviewRow> {
  const interview = await lockReadable(tx, id, actor)
  requireManager(actor, interview.companyId)
  return interview
}

/** The interview, locked, for any member of its company. */
export async function lockReadable(tx: Queryable, id: string, actor: UserActor): Promise<InterviewRow> {
  const interview = await lockForMember(tx, id, readerOf(actor))
  if (!interview) throw new Fault(faults.notFound)
  return interview
}
