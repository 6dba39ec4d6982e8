import { createHash } from 'node:crypto'
import type { profileUpdated } from '@cenopie/users-contract'
import type { z } from 'zod'
import { indexed, type Indexed } from './document.ts'
import { keyOf } from './words.ts'

export type ProfileFacts = z.output<(typeof profileUpdated)['payload']>

/** Whoever is signed in, or everybody. Each has a document of its own that holds nothing that is not theirs to see. */
export const audiences = ['members', 'public'] as const
export type Audience = (typeof audiences)[number]

/** What is shown of a person. */
export interface PersonShown {
  userId: string
  handle?: string
  name: string
  headline?: string
  location?: string
  openToWork?: boolean
  skills: string[]
}

export interface PersonDocument extends Indexed {
  rank: number
  shown: PersonShown
}

/** The document of a person for one audience; undefined if they are not to be found there. */
export function personDocument(facts: ProfileFacts, audience: Audience): PersonDocument | undefined {
  const { visibility } = facts
  const may = (section: keyof typeof visibility) =>
    visibility[section] === 'public' || (audience === 'members' && visibility[section] === 'members')
  if (!may('profile') || facts.discoverable === false) return undefined
  const shown: PersonShown = {
    userId: facts.userId,
    ...(facts.handle !== undefined && { handle: facts.handle }),
    name: facts.name,
    ...(facts.headline && { headline: facts.headline }),
    ...(facts.location && may('location') && { location: facts.location }),
    ...(may('openToWork') && { openToWork: facts.openToWork }),
    skills: may('skills') ? facts.skills : [],
  }
  const { name, handle = '', headline = '', location = '', skills } = shown
  return {
    ...indexed({
      title: name,
      keywords: [handle.replaceAll('-', ' '), headline, ...skills],
      location,
      body: '',
      facets: [
        ...(location ? [{ name: 'location', value: location, key: keyOf(location) }] : []),
        ...skills.map((skill) => ({ name: 'skills', value: skill, key: keyOf(skill) })),
        ...(shown.openToWork ? [{ name: 'openToWork', value: 'true', key: 'true' }] : []),
      ],
    }),
    rank: rankOf(shown),
    shown,
  }
}

/**
 * Fuller profiles first; among equals the order is of chance, so that nobody is always last, but the same on every
 * page and after every rebuild.
 */
function rankOf({ userId, headline, location, skills }: PersonShown): number {
  const filled = [headline, location, skills.length > 0].filter(Boolean).length
  return filled * 2 ** 32 + createHash('sha256').update(userId).digest().readUInt32BE()
}
