import type { OwnProfile, ProfileSummary } from '@cenopie/users-contract'

/** A profile in short; what is empty is absent. */
export function summaryOf(
  profile: Pick<OwnProfile, 'userId' | 'name' | 'headline' | 'location'>,
): ProfileSummary {
  const { userId, name, headline, location } = profile
  return { userId, name, ...(headline !== '' && { headline }), ...(location !== '' && { location }) }
}
