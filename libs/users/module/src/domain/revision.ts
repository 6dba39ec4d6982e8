import { isDeepStrictEqual } from 'node:util'
import type { OwnProfile, Visibility } from '@cenopie/users-contract'

/** What an owner may change, section by section. Handles have their own rules. */
export type Editable = Pick<
  OwnProfile,
  | 'name'
  | 'headline'
  | 'location'
  | 'about'
  | 'openToWork'
  | 'experience'
  | 'education'
  | 'skills'
  | 'languages'
  | 'visibility'
  | 'discoverable'
>

/** Fields left out (or undefined) stay; so do sections left out of `visibility`. */
export type Changes = { [K in Exclude<keyof Editable, 'visibility'>]?: Editable[K] | undefined } & {
  visibility?: { [S in keyof Visibility]?: Visibility[S] | undefined } | undefined
}

/** The profile with the changes made, or undefined if they change nothing. Text loses its outer spaces. */
export function revised(profile: OwnProfile, changes: Changes): OwnProfile | undefined {
  const { visibility, ...fields } = withoutUndefined(changes)
  const next: OwnProfile = {
    ...profile,
    ...tidied(fields),
    visibility: { ...profile.visibility, ...(visibility && withoutUndefined(visibility)) },
  }
  return isDeepStrictEqual(next, profile) ? undefined : next
}

function tidied<T>(value: T): T {
  if (typeof value === 'string') return value.trim() as T
  if (Array.isArray(value)) return value.map(tidied) as T
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(withoutUndefined(value)).map(([key, part]) => [key, tidied(part)]),
    ) as T
  }
  return value
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
