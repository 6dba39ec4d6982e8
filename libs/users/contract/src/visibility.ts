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

export type Audience = z.output<typeof audience>
export type Visibility = z.output<typeof visibility>
export type Section = keyof Visibility
