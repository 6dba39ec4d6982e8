import { id, page, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { handleName, label, line, profileVersion, prose } from './fields.ts'
import { educations, experiences, languages, skills } from './sections.ts'
import { discoverable, visibility } from './visibility.ts'

export const name = label(120).meta({ examples: ['Ada Lovelace'] })
export const headline = line(160).meta({ examples: ['Engineer of analytical engines'] })
export const location = line(120).meta({ examples: ['London, United Kingdom'] })
export const about = prose(4000)

/** A profile as the caller may see it: a section that is not theirs to see is absent. */
export const profile = z
  .object({
    userId: id,
    handle: handleName.optional(),
    name,
    headline: headline.optional(),
    location: location.optional(),
    about: about.optional(),
    openToWork: z.boolean().optional(),
    experience: experiences.optional(),
    education: educations.optional(),
    skills: skills.optional(),
    languages: languages.optional(),
  })
  .meta({ id: 'Profile' })

/** The owner's view: every section, who sees it, and the version that the next change must name. */
export const ownProfile = z
  .object({
    userId: id,
    handle: handleName.optional(),
    name,
    headline,
    location,
    about,
    openToWork: z.boolean(),
    experience: experiences,
    education: educations,
    skills,
    languages,
    visibility,
    discoverable,
    version: profileVersion,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'OwnProfile' })

/** One row of the directory. */
export const profileCard = z
  .object({
    userId: id,
    handle: handleName.optional(),
    name,
    headline: headline.optional(),
    location: location.optional(),
    openToWork: z.boolean().optional(),
  })
  .meta({ id: 'ProfileCard' })

export const profilePage = page(profileCard).meta({ id: 'ProfilePage' })

/** What other modules show of a person. Not filtered by audience: the caller decides whom it shows it to. */
export const profileSummary = z
  .object({ userId: id, name, headline: headline.optional(), location: location.optional() })
  .meta({ id: 'ProfileSummary' })

export type Profile = z.output<typeof profile>
export type OwnProfile = z.output<typeof ownProfile>
export type ProfileCard = z.output<typeof profileCard>
export type ProfileSummary = z.output<typeof profileSummary>
