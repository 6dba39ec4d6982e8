import { ownProfile, visibility, type OwnProfile } from '@cenopie/users-contract'
import type { Profile as ProfileRow } from './generated/client.ts'

/** A stored profile on the wire. Parsed: a document written by an older version must still be what we promise. */
export function toOwnProfile({ handle, ...row }: ProfileRow): OwnProfile {
  return ownProfile.parse({
    ...row,
    ...(handle !== null && { handle }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  })
}

/** What `profile-updated` tells of, without the long sections that it leaves out. */
export const shareableColumns = {
  userId: true,
  handle: true,
  name: true,
  headline: true,
  location: true,
  openToWork: true,
  skills: true,
  visibility: true,
  discoverable: true,
  version: true,
} as const

export function toShareable(row: Pick<ProfileRow, keyof typeof shareableColumns>) {
  const { handle, ...rest } = row
  return { ...rest, ...(handle !== null && { handle }), visibility: visibility.parse(row.visibility) }
}

/** The columns of the editable part of a profile. */
export function toColumns(profile: OwnProfile) {
  const {
    name,
    headline,
    location,
    about,
    openToWork,
    experience,
    education,
    skills,
    languages,
    visibility,
    discoverable,
  } = profile
  return {
    name,
    headline,
    location,
    about,
    openToWork,
    experience,
    education,
    skills,
    skillKeys: skills.map((skill) => skill.toLowerCase()),
    languages,
    visibility,
    discoverable,
  }
}
