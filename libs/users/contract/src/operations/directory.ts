import { faults, id, operation, paging } from '@cenopie/platform-contract'
import { z } from 'zod'
import { profile, profilePage } from '../profile.ts'
import { skill } from '../sections.ts'

export const getProfile = operation({
  method: 'GET',
  path: '/api/v1/users/profiles/{userId}',
  summary: 'Read a profile',
  description: 'Signed out: the public sections. Signed in: those for members too. Your own: all of it.',
  access: 'public',
  input: { userId: id },
  output: profile,
  faults: [faults.notFound],
})

export const listProfiles = operation({
  method: 'GET',
  path: '/api/v1/users/profiles',
  summary: 'List profiles, newest first',
  description: 'Lists and filters only by what the caller may see.',
  access: 'public',
  input: {
    ...paging,
    skill: skill.optional(),
    openToWork: z.boolean().default(false).describe('Only people who say so, to whom they say so.'),
  },
  output: profilePage,
  // A directory is what scrapers come for.
  rateLimit: { max: 60, windowSeconds: 60 },
})
