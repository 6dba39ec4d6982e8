import { role } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { AuthReads } from '../data/reads.ts'
import type { Handle } from './handler.ts'

/** What other modules ask. */
export function getUser(reads: AuthReads): Handle<'getUser'> {
  return async ({ userId }) => {
    const account = await reads.account(userId)
    if (!account) throw new Fault(faults.notFound)
    const { id, email, name, emailVerifiedAt } = account
    return { id, email, name, emailVerified: emailVerifiedAt !== null }
  }
}

export function getCompany(reads: AuthReads): Handle<'getCompany'> {
  return async ({ companyId }) => {
    const company = await reads.company(companyId)
    if (!company) throw new Fault(faults.notFound)
    return company
  }
}

/** A company without members does not exist: it keeps an owner. */
export function listMembers(reads: AuthReads): Handle<'listMembers'> {
  return async ({ companyId }) => {
    const members = await reads.allMembers(companyId)
    if (members.length === 0) throw new Fault(faults.notFound)
    return {
      items: members.map(({ userId, user, ...member }) => ({
        userId,
        role: role.parse(member.role),
        ...user,
      })),
    }
  }
}
