import { faults, id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { email, MAX_MEMBERS, newPassword, personName, role } from './types.ts'

/** For other modules only. */
export const internalOperations = {
  getUser: operation({
    method: 'GET',
    path: '/internal/v1/auth/users/{userId}',
    summary: 'A person by id',
    access: 'internal',
    input: { userId: id },
    output: z
      .object({ id, email: z.string().max(254), name: z.string().max(120), emailVerified: z.boolean() })
      .meta({ id: 'UserIdentity' }),
    faults: [faults.notFound],
  }),

  getCompany: operation({
    method: 'GET',
    path: '/internal/v1/auth/companies/{companyId}',
    summary: 'A company by id',
    access: 'internal',
    input: { companyId: id },
    output: z
      .object({ id, name: z.string().max(120), slug: z.string().max(80) })
      .meta({ id: 'CompanyIdentity' }),
    faults: [faults.notFound],
  }),

  listMembers: operation({
    method: 'GET',
    path: '/internal/v1/auth/companies/{companyId}/members',
    summary: 'All members of a company',
    access: 'internal',
    input: { companyId: id },
    output: z.object({
      items: z
        .array(z.object({ userId: id, role, name: z.string().max(120), email: z.string().max(254) }))
        .max(MAX_MEMBERS),
    }),
    faults: [faults.notFound],
  }),

  provisionUser: operation({
    method: 'POST',
    path: '/internal/v1/auth/users',
    summary: 'Make sure that somebody has an account with a confirmed address',
    description:
      'For whoever vouches for the address: demonstration data, later a company directory. An existing account stays as it is.',
    access: 'internal',
    input: { email, name: personName, password: newPassword },
    output: z.object({ userId: id, created: z.boolean() }),
    repeatable: true,
  }),
} as const
