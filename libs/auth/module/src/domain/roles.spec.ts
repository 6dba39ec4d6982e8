import { expect, test } from 'vitest'
import { losesLastOwner, mayChangeRole, mayInvite, mayManage, mayRemove } from './roles.ts'

const roles = ['owner', 'admin', 'recruiter', 'interviewer'] as const

test('owners and admins manage', () => {
  expect(roles.filter(mayManage)).toEqual(['owner', 'admin'])
})

test('admins neither make, change nor remove owners', () => {
  expect(roles.filter((role) => mayInvite('admin', role))).toEqual(['admin', 'recruiter', 'interviewer'])
  expect(mayChangeRole('admin', 'owner', 'admin')).toBe(false)
  expect(mayChangeRole('admin', 'admin', 'owner')).toBe(false)
  expect(mayChangeRole('admin', 'admin', 'recruiter')).toBe(true)
  expect(mayRemove('admin', 'owner', false)).toBe(false)
})

test('recruiters and interviewers only remove themselves', () => {
  for (const actor of ['recruiter', 'interviewer'] as const) {
    expect(roles.some((role) => mayInvite(actor, role) || mayRemove(actor, role, false))).toBe(false)
    expect(mayRemove(actor, actor, true)).toBe(true)
  }
})

test('the last owner neither leaves nor steps down', () => {
  expect(losesLastOwner(1, 'owner', undefined)).toBe(true)
  expect(losesLastOwner(1, 'owner', 'admin')).toBe(true)
  expect(losesLastOwner(1, 'owner', 'owner')).toBe(false)
  expect(losesLastOwner(2, 'owner', undefined)).toBe(false)
  expect(losesLastOwner(1, 'admin', undefined)).toBe(false)
})
