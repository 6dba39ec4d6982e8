import { name } from '@cenopie/users-contract'
import { expect, test } from 'vitest'
import { displayName } from './new-profile.ts'

test.each([
  ['Ada Lovelace', 'Ada Lovelace'],
  ['  Ada\r\n\tLovelace\u0007 ', 'Ada Lovelace'],
  ['\u0000\u0001', 'Member'],
  ['x'.repeat(500), 'x'.repeat(120)],
  ['half a pair \ud83d', 'half a pair'],
])('the name %j is shown as %j', (given, shown) => {
  expect(displayName(given)).toBe(shown)
})

test('a name cut in the middle of a surrogate pair is still one the profile accepts', () => {
  expect(name.safeParse(displayName('x'.repeat(119) + '😀')).success).toBe(true)
})
