import { authEvents, authFaults, MAX_MEMBERSHIPS, role } from '@cenopie/auth-contract'
import type { Role } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { addCompany, lockCompanyOf, roleIn, touchCompany } from '../data/companies.ts'
import type { Company } from '../data/companies.ts'
import { addMember } from '../data/members.ts'
import { countMemberships } from '../data/memberships.ts'
import type { AuthReads } from '../data/reads.ts'
import { lockUser } from '../data/users.ts'
import { slugOf } from '../domain/names.ts'
import { mayManage } from '../domain/roles.ts'
import type { Handle } from './handler.ts'

export function createCompany(database: Database, outbox: Outbox): Handle<'createCompany'> {
  return (input, call) =>
    database.transaction(async (tx) => {
      const founder = await lockUser(tx, call.actor.id)
      if (!founder?.emailVerifiedAt) throw new Fault(authFaults.emailUnverified)
      if ((await countMemberships(tx, founder.id)) >= MAX_MEMBERSHIPS)
        throw new Fault(authFaults.tooManyMemberships)
      const now = new Date()
      const company = await addWithFreeSlug(tx, input.name.trim(), now)
      await addMember(tx, { companyId: company.id, userId: founder.id, role: 'owner' }, now)
      const entity = { id: company.id, version: company.version }
      const { id: companyId, name, slug } = company
      await outbox.publish(tx, call, authEvents.companyCreated, {
        entity,
        payload: { companyId, name, slug, ownerId: founder.id },
      })
      await outbox.publish(tx, call, authEvents.memberJoined, {
        entity,
        payload: { companyId, userId: founder.id, role: 'owner' },
      })
      return shown(company, 'owner')
    })
}

/** The plain slug for whoever comes first; others get the end of their id. */
async function addWithFreeSlug(tx: Transaction, name: string, now: Date): Promise<Company> {
  const id = newId()
  const plain = slugOf(name)
  const company =
    (await addCompany(tx, { id, name, slug: plain }, now)) ??
    (await addCompany(tx, { id, name, slug: `${plain}-${id.slice(-8)}` }, now))
  if (!company) throw new Fault(faults.unavailable, { detail: 'No free slug was found; try again.' })
  return company
}

export function readCompany(reads: AuthReads): Handle<'readCompany'> {
  return async ({ companyId }, { actor }) => {
    const member = await reads.companyOf(companyId, actor.id)
    if (!member) throw new Fault(faults.notFound)
    return shown(member.company, role.parse(member.role))
  }
}

export function renameCompany(database: Database, outbox: Outbox): Handle<'renameCompany'> {
  return ({ companyId, name }, call) =>
    database.transaction(async (tx) => {
      const company = await lockCompanyOf(tx, companyId, call.actor.id)
      const actorRole = company && (await roleIn(tx, companyId, call.actor.id))
      if (!actorRole) throw new Fault(faults.notFound)
      if (!mayManage(actorRole)) throw new Fault(faults.forbidden)
      if (company.name === name.trim()) return shown(company, actorRole)
      const renamed = await touchCompany(tx, companyId, name.trim())
      await outbox.publish(tx, call, authEvents.companyRenamed, {
        entity: { id: companyId, version: renamed.version },
        payload: { companyId, name: renamed.name, slug: renamed.slug },
      })
      return shown(renamed, actorRole)
    })
}

function shown({ id, name, slug, createdAt }: Company, actorRole: Role) {
  return { id, name, slug, role: actorRole, createdAt: createdAt.toISOString() }
}
