import type { OwnProfile, Section } from '@cenopie/users-contract'

export type ShareableProfile = Pick<
  OwnProfile,
  | 'userId'
  | 'handle'
  | 'name'
  | 'headline'
  | 'location'
  | 'openToWork'
  | 'skills'
  | 'visibility'
  | 'discoverable'
>

/** What other domains are told of a profile: nothing that its owner keeps private, except the name. */
export function sharedFacts(profile: ShareableProfile) {
  const { visibility } = profile
  const shared = (section: Section) => visibility.profile !== 'private' && visibility[section] !== 'private'
  return {
    userId: profile.userId,
    ...(profile.handle !== undefined && { handle: profile.handle }),
    name: profile.name,
    headline: shared('profile') ? profile.headline : '',
    location: shared('location') ? profile.location : '',
    openToWork: shared('openToWork') && profile.openToWork,
    skills: shared('skills') ? profile.skills : [],
    visibility,
    discoverable: profile.discoverable,
  }
}
