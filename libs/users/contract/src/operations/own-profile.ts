import { faults, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { endNotBeforeStart, languagesDistinct, skillsDistinct } from '../checks.ts'
import { profileVersion } from '../fields.ts'
import { profileChanged } from '../faults.ts'
import { about, headline, location, name, ownProfile } from '../profile.ts'
import { educations, experiences, languages, skills } from '../sections.ts'
import { discoverable, visibility } from '../visibility.ts'

export const getMe = operation({
  method: 'GET',
  path: '/api/v1/users/me',
  summary: 'Read your own profile',
  access: 'user',
  input: {},
  output: ownProfile,
  faults: [faults.notFound],
})

export const updateMe = operation({
  method: 'PATCH',
  path: '/api/v1/users/me',
  summary: 'Change fields of your own profile',
  description: 'Fields left out stay as they are; an empty text clears a field.',
  access: 'user',
  input: {
    version: profileVersion,
    name: name.optional(),
    headline: headline.optional(),
    location: location.optional(),
    about: about.optional(),
    openToWork: z.boolean().optional(),
    visibility: visibility.partial().optional().describe('Sections left out keep their audience.'),
    discoverable: discoverable.optional(),
  },
  output: ownProfile,
  faults: [faults.notFound, profileChanged],
})

/** A section is replaced as a whole; repeating the same replacement answers as the first did. */
const replaces = {
  method: 'PUT',
  access: 'user',
  output: ownProfile,
  faults: [faults.notFound, profileChanged],
} as const

export const replaceExperience = operation({
  ...replaces,
  path: '/api/v1/users/me/experience',
  summary: 'Replace the experience section',
  input: { version: profileVersion, items: experiences },
  checks: [endNotBeforeStart],
})

export const replaceEducation = operation({
  ...replaces,
  path: '/api/v1/users/me/education',
  summary: 'Replace the education section',
  input: { version: profileVersion, items: educations },
  checks: [endNotBeforeStart],
})

export const replaceSkills = operation({
  ...replaces,
  path: '/api/v1/users/me/skills',
  summary: 'Replace the skills section',
  input: { version: profileVersion, items: skills },
  checks: [skillsDistinct],
})

export const replaceLanguages = operation({
  ...replaces,
  path: '/api/v1/users/me/languages',
  summary: 'Replace the languages section',
  input: { version: profileVersion, items: languages },
  checks: [languagesDistinct],
})
