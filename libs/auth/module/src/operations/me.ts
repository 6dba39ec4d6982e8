import { role } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { AuthReads } from '../data/reads.ts'
import type { Handle } from './handler.ts'

export function me(reads: AuthReads): Handle<'me'> {
  return async (_input, { actor }) => {
    const account = await reads.account(actor.id)
    if (!account) throw new Fault(faults.notFound)
    return {
      id: account.id,
      email: account.email,
      name: account.name,
      emailVerified: account.emailVerifiedAt !== null,
      memberships: account.members.map((member) => ({
        companyId: member.companyId,
        companyName: member.company.name,
        slug: member.company.slug,
        role: role.parse(member.role),
      })),
    }
  }
}
