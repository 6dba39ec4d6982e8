import { anonymous, service } from '@cenopie/platform-contract'
import type { UserActor } from '@cenopie/platform-contract'
import { expect, test } from 'vitest'
import { managedCompanies, readableCompanies } from './roles.ts'

const actor: UserActor = {
  kind: 'user',
  id: 'someone',
  sessionId: 'session',
  emailVerified: true,
  memberships: { a: 'owner', b: 'admin', c: 'recruiter', d: 'interviewer', e: 'janitor' },
}

test('interviewers read, the others also manage, and an unknown role does neither', () => {
  expect(readableCompanies(actor)).toEqual(['a', 'b', 'c', 'd'])
  expect(managedCompanies(actor)).toEqual(['a', 'b', 'c'])
})

test('only people are members', () => {
  expect(readableCompanies(anonymous)).toEqual([])
  expect(managedCompanies(service('interviews'))).toEqual([])
})
