import { expect, test } from 'vitest'
import { someProfile } from '../testing/some-profile.ts'
import { visibilityByDefault } from './new-profile.ts'
import { sharedFacts } from './shared-facts.ts'

const filled = { headline: 'Engineer', location: 'London', openToWork: true, skills: ['SQL'] }

test('members and the public are told what they may see', () => {
  expect(sharedFacts(someProfile(filled))).toMatchObject(filled)
})

test.each([
  ['location', { location: '' }],
  ['openToWork', { openToWork: false }],
  ['skills', { skills: [] }],
  ['profile', { headline: '', location: '', openToWork: false, skills: [] }],
] as const)('a private %s is not told to anyone', (section, hidden) => {
  const visibility = { ...visibilityByDefault, [section]: 'private' as const }
  expect(sharedFacts(someProfile({ ...filled, visibility }))).toMatchObject({ ...filled, ...hidden })
})
