import { authEvents, authFaults, MAX_MEMBERS, role } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { hashOf, newLinkToken } from '../crypto/secret-link.ts'
import { lockCompanyOf, roleIn } from '../data/companies.ts'
import { addInvitation, dropInvitation, dropInvitationOf } from '../data/invitations.ts'
import { countSeats, isMemberByEmail } from '../data/members.ts'
import type { AuthReads } from '../data/reads.ts'
import { after, lifetimes } from '../domain/lifetimes.ts'
import { normalEmail } from '../domain/names.ts'
import { mayInvite, mayManage } from '../domain/roles.ts'
import type { Handle } from './handler.ts'

export function createInvitation(database: Database, outbox: Outbox): Handle<'createInvitation'> {
  return ({ companyId, ...input }, call) =>
    database.transaction(async (tx) => {
      const company = await lockCompanyOf(tx, companyId, call.actor.id)
      const actorRole = company && (await roleIn(tx, companyId, call.actor.id))
      if (!actorRole) throw new Fault(faults.notFound)
      if (!mayInvite(actorRole, input.role)) throw new Fault(faults.forbidden)
      const email = normalEmail(input.email)
      if (await isMemberByEmail(tx, companyId, email)) throw new Fault(authFaults.alreadyMember)
      const now = new Date()
      await dropInvitationOf(tx, companyId, email)
      if ((await countSeats(tx, companyId, now)) >= MAX_MEMBERS) throw new Fault(authFaults.companyFull)

      const token = newLinkToken()
      const invitation = {
        id: newId(),
        companyId,
        email,
        role: input.role,
        invitedBy: call.actor.id,
        createdAt: now,
        expiresAt: after(now, lifetimes.invitation),
      }
      await addInvitation(tx, { ...invitation, tokenHash: hashOf(token) })
      const { id: invitationId, createdAt: _createdAt, expiresAt, ...fact } = invitation
      await outbox.publish(tx, call, authEvents.companyInvitationCreated, {
        entity: { id: invitationId, version: 1 },
        payload: {
          ...fact,
          invitationId,
          companyName: company.name,
          token,
          expiresAt: expiresAt.toISOString(),
        },
      })
      return shown(invitation)
    })
}

export function listInvitations(reads: AuthReads): Handle<'listInvitations'> {
  return async ({ companyId, ...paging }, { actor }) => {
    const member = await reads.companyOf(companyId, actor.id)
    if (!member) throw new Fault(faults.notFound)
    if (!mayManage(role.parse(member.role))) throw new Fault(faults.forbidden)
    const { items, ...next } = await reads.invitations(companyId, actor.id, new Date(), paging)
    return { items: items.map(shown), ...next }
  }
}

/** Taking back what is gone already succeeds. */
export function revokeInvitation(database: Database): Handle<'revokeInvitation'> {
  return ({ companyId, invitationId }, { actor }) =>
    database.transaction(async (tx) => {
      const company = await lockCompanyOf(tx, companyId, actor.id)
      const actorRole = company && (await roleIn(tx, companyId, actor.id))
      if (!actorRole) throw new Fault(faults.notFound)
      if (!mayManage(actorRole)) throw new Fault(faults.forbidden)
      await dropInvitation(tx, companyId, invitationId)
    })
}

interface InvitationRow {
  id: string
  companyId: string
  email: string
  role: string
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

function shown({ id, companyId, email, invitedBy, createdAt, expiresAt, ...invitation }: InvitationRow) {
  return {
    id,
    companyId,
    email,
    role: role.parse(invitation.role),
    invitedBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
