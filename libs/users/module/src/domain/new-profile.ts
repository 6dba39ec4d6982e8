import type { Visibility } from '@cenopie/users-contract'

/** Until its owner says otherwise a profile is for members, never for everyone (GDPR Art. 25(2)). */
export const visibilityByDefault: Visibility = {
  profile: 'members',
  location: 'members',
  about: 'members',
  experience: 'members',
  education: 'members',
  skills: 'members',
  languages: 'members',
  openToWork: 'members',
}

/** The name given at sign-up as a profile can show it: on one line, without control characters, at most 120 units. */
export function displayName(given: string): string {
  const shown = given
    .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, 120)
    .replace(/\p{Cs}$/u, '')
  return shown === '' ? 'Member' : shown
}
