import { authEvents, authFaults, role } from '@cenopie/auth-contract'
import type { Role } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { lockCompanyOf, roleIn, touchCompany } from '../data/companies.ts'
import { countOwners, dropMember, setRole } from '../data/members.ts'
import type { AuthReads } from '../data/reads.ts'
import { losesLastOwner, mayChangeRole, mayRemove } from '../domain/roles.ts'
import type { Handle } from './handler.ts'

export function listCompanyMembers(reads: AuthReads): Handle<'listCompanyMembers'> {
  return async ({ companyId, ...paging }, { actor }) => {
    if (!(await reads.companyOf(companyId, actor.id))) throw new Fault(faults.notFound)
    const { items, ...next } = await reads.members(companyId, actor.id, paging)
    return { items: items.map(shown), ...next }
  }
}

export function changeMemberRole(
  database: Database,
  outbox: Outbox,
  reads: AuthReads,
): Handle<'changeMemberRole'> {
  return async ({ companyId, userId, role: to }, call) => {
    await database.transaction(async (tx) => {
      const { actorRole, targetRole: from } = await rolesUnderLock(tx, companyId, call.actor.id, userId)
      if (!from) throw new Fault(faults.notFound)
      if (!mayChangeRole(actorRole, from, to)) throw new Fault(faults.forbidden)
      if (from === to) return
      if (losesLastOwner(await countOwners(tx, companyId), from, to)) throw new Fault(authFaults.lastOwner)
      await setRole(tx, companyId, userId, to)
      const { version } = await touchCompany(tx, companyId)
      await outbox.publish(tx, call, authEvents.memberRoleChanged, {
        entity: { id: companyId, version },
        payload: { companyId, userId, role: to },
      })
    })
    const member = await reads.member(companyId, userId)
    if (!member) throw new Fault(faults.notFound)
    return shown(member)
  }
}

/** Removing whoever is gone already succeeds, and so does leaving twice. */
export function removeMember(database: Database, outbox: Outbox): Handle<'removeMember'> {
  return async ({ companyId, userId }, call) => {
    const self = userId === call.actor.id
    if (self && !(await roleIn(database, companyId, userId))) return
    await database.transaction(async (tx) => {
      const { actorRole, targetRole } = await rolesUnderLock(tx, companyId, call.actor.id, userId)
      if (!mayRemove(actorRole, targetRole ?? 'interviewer', self)) throw new Fault(faults.forbidden)
      if (!targetRole) return
      if (losesLastOwner(await countOwners(tx, companyId), targetRole, undefined))
        throw new Fault(authFaults.lastOwner)
      await dropMember(tx, companyId, userId)
      const { version } = await touchCompany(tx, companyId)
      await outbox.publish(tx, call, authEvents.memberRemoved, {
        entity: { id: companyId, version },
        payload: { companyId, userId },
      })
    })
  }
}

/** Both roles as of now, and until the transaction ends. Not found for whoever is no member. */
async function rolesUnderLock(
  tx: Transaction,
  companyId: string,
  actorId: string,
  targetId: string,
): Promise<{ actorRole: Role; targetRole: Role | undefined }> {
  const company = await lockCompanyOf(tx, companyId, actorId)
  const actorRole = company && (await roleIn(tx, companyId, actorId))
  if (!actorRole) throw new Fault(faults.notFound)
  return { actorRole, targetRole: await roleIn(tx, companyId, targetId) }
}

interface MemberRow {
  userId: string
  role: string
  joinedAt: Date
  user: { name: string; email: string }
}

function shown({ userId, user, joinedAt, ...member }: MemberRow) {
  return { userId, ...user, role: role.parse(member.role), joinedAt: joinedAt.toISOString() }
}
