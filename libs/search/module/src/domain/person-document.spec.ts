import { expect, test } from 'vitest'
import { profile } from '../scene.ts'
import { personDocument } from './person-document.ts'

test('a document holds nothing that its audience may not see', () => {
  const facts = profile({
    headline: 'Head',
    location: 'Hideaway',
    skills: ['Secrecy'],
    visibility: { location: 'private', skills: 'members', openToWork: 'members' },
  })
  const [everyone, members] = [personDocument(facts, 'public'), personDocument(facts, 'members')]
  for (const word of [/hideaway/i, /secre/i, /openToWork/]) expect(JSON.stringify(everyone)).not.toMatch(word)
  expect(JSON.stringify(members)).not.toMatch(/hideaway/i)
  expect(members?.shown).toMatchObject({ skills: ['Secrecy'], openToWork: true })
})

test.each([
  ['public', true, true],
  ['members', false, true],
  ['private', false, false],
] as const)('a %s profile', (seenBy, forAll, forMembers) => {
  const facts = profile({ seenBy })
  expect(personDocument(facts, 'public') !== undefined).toBe(forAll)
  expect(personDocument(facts, 'members') !== undefined).toBe(forMembers)
  expect(personDocument({ ...facts, discoverable: false }, 'members')).toBeUndefined()
})
