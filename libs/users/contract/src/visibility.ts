import { z } from 'zod'

/** `public`: anyone, signed in or not; `members`: whoever is signed in; `private`: the owner alone. */
export const audience = z.enum(['public', 'members', 'private'])

/**
 * Who sees which section. `profile` gates the whole: a section is never seen by more people than the profile.
 * Name, handle and headline go with `profile`.
 */
export const visibility = z
  .object({
    profile: audience,
    location: audience,
    about: audience,
    experience: audience,
    education: audience,
    skills: audience,
    languages: audience,
    openToWork: audience,
  })
  .meta({ id: 'ProfileVisibility' })

/** Consent to be listed and searched for. Widens no audience: whoever finds a profile may also open it. */
export const discoverable = z
  .boolean()
  .describe('Whether lists and searches may show the profile to those who may see it.')

export type Audience = z.output<typeof audience>
export type Visibility = z.output<typeof visibility>
export type Section = keyof Visibility
