import { authEvents, authFaults, MAX_MEMBERSHIPS } from '@cenopie/auth-contract'
import type { Membership } from '@cenopie/auth-contract'
import { Fault } from '@cenopie/platform-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { z } from 'zod'
import { hashOf } from '../crypto/secret-link.ts'
import { lockCompany, touchCompany } from '../data/companies.ts'
import { dropInvitation, findInvitation } from '../data/invitations.ts'
import { addMember } from '../data/members.ts'
import { countMemberships } from '../data/memberships.ts'
import { lockUser } from '../data/users.ts'
import type { Handle } from './handler.ts'

export type JoinByInvitation = (
  token: string,
  userId: string,
  call: CallContext,
) => Promise<z.output<typeof Membership>>

export function acceptInvitation(join: JoinByInvitation): Handle<'acceptInvitation'> {
  return ({ token }, call) => join(token, call.actor.id, call)
}

/** Locks the company before the person, as every change of a company does. */
export function joiningByInvitation(database: Database, outbox: Outbox): JoinByInvitation {
  return async (token, userId, call) => {
    const now = new Date()
    const found = await findInvitation(database, hashOf(token), now)
    if (!found) throw new Fault(authFaults.linkExpired)
    return database.transaction(async (tx) => {
      const company = await lockCompany(tx, found.companyId)
      const user = await lockUser(tx, userId)
      // Once more under the lock: it may have been used or taken back meanwhile.
      const invitation = await findInvitation(tx, hashOf(token), now)
      if (!company || !invitation) throw new Fault(authFaults.linkExpired)
      if (user?.email !== invitation.email) throw new Fault(authFaults.invitationForAnother)
      if (!user.emailVerifiedAt) throw new Fault(authFaults.emailUnverified)
      if ((await countMemberships(tx, user.id)) >= MAX_MEMBERSHIPS)
        throw new Fault(authFaults.tooManyMemberships)

      const { role } = invitation
      const joined = await addMember(tx, { companyId: company.id, userId: user.id, role }, now)
      if (!joined) throw new Fault(authFaults.alreadyMember)
      await dropInvitation(tx, company.id, invitation.id)
      const { version } = await touchCompany(tx, company.id)
      await outbox.publish(tx, call, authEvents.memberJoined, {
        entity: { id: company.id, version },
        payload: { companyId: company.id, userId: user.id, role },
      })
      return { companyId: company.id, companyName: company.name, slug: company.slug, role }
    })
  }
}
