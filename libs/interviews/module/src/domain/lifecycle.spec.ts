import { Fault } from '@cenopie/platform-contract'
import { expect, test } from 'vitest'
import { candidateStatusAt, requireOpen, statusAt, type StoredStatus } from './lifecycle.ts'

const now = new Date('2026-11-23T12:00:00Z')
const before = new Date('2026-11-23T11:59:59Z')
const after = new Date('2026-11-23T12:00:01Z')

test('an open interview expires at its deadline, a submitted one never', () => {
  expect(statusAt({ status: 'invited', deadline: after }, now)).toBe('invited')
  expect(statusAt({ status: 'invited', deadline: now }, now)).toBe('expired')
  expect(statusAt({ status: 'in-progress', deadline: before }, now)).toBe('expired')
  expect(statusAt({ status: 'submitted', deadline: before }, now)).toBe('submitted')
})

test('candidates are not told how far analysis and reviewers are', () => {
  const stored: StoredStatus[] = ['submitted', 'human-review', 'analysed', 'analysis-failed']
  for (const status of stored) expect(candidateStatusAt({ status, deadline: before }, now)).toBe('submitted')
})

test.each([
  ['invited', after, undefined],
  ['in-progress', after, undefined],
  ['in-progress', before, 'interviews.deadline-passed'],
  ['cancelled', after, 'interviews.cancelled'],
  ['submitted', after, 'interviews.already-submitted'],
  ['human-review', before, 'interviews.already-submitted'],
  ['decided', after, 'interviews.already-submitted'],
] as const)('%s with a deadline at %s: %s', (status, deadline, code) => {
  let thrown: unknown
  try {
    requireOpen({ status, deadline }, now)
  } catch (error) {
    thrown = error
  }
  expect(thrown instanceof Fault ? thrown.code : thrown).toBe(code)
})
