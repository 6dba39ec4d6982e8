import { expect, test } from 'vitest'
import { someProfile } from '../testing/some-profile.ts'
import { revised } from './revision.ts'

const profile = someProfile({ headline: 'Engineer', skills: ['SQL'] })

test('fields left out stay, an empty text clears', () => {
  expect(revised(profile, { headline: '', about: undefined })).toEqual({ ...profile, headline: '' })
})

test('sections left out of the visibility keep their audience', () => {
  expect(revised(profile, { visibility: { about: 'private' } })?.visibility).toEqual({
    ...profile.visibility,
    about: 'private',
  })
})

test('text loses its outer spaces, in lists and documents too', () => {
  const next = revised(profile, {
    skills: [' TypeScript '],
    education: [{ school: ' University of London ', degree: undefined }],
  })
  expect(next?.skills).toEqual(['TypeScript'])
  expect(next?.education).toStrictEqual([{ school: 'University of London' }])
})

test.each([[{}], [{ headline: ' Engineer ' }], [{ skills: ['SQL'], visibility: {} }]])(
  'changes that are already so change nothing: %j',
  (changes) => {
    expect(revised(profile, changes)).toBeUndefined()
  },
)
