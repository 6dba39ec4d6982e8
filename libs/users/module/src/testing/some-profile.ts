import type { OwnProfile } from '@cenopie/users-contract'
import { visibilityByDefault } from '../domain/new-profile.ts'

/** A member's fresh profile, with what a test cares about set. */
export function someProfile(given: Partial<OwnProfile> = {}): OwnProfile {
  return {
    userId: '0199f0a0-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    headline: '',
    location: '',
    about: '',
    openToWork: false,
    experience: [],
    education: [],
    skills: [],
    languages: [],
    visibility: visibilityByDefault,
    discoverable: true,
    version: 1,
    createdAt: '2026-11-23T09:00:00.000Z',
    updatedAt: '2026-11-23T09:00:00.000Z',
    ...given,
  }
}
