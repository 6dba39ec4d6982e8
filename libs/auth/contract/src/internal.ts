import { faults, id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { MAX_MEMBERS, role } from './types.ts'

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
} as const
