import { ownProfile, type OwnProfile } from '@cenopie/users-contract'
import type { Profile as ProfileRow } from './generated/client.ts'

/** A stored profile on the wire. Parsed: a document written by an older version must still be what we promise. */
export function toOwnProfile({ handle, skillKeys: _, ...row }: ProfileRow): OwnProfile {
  return ownProfile.parse({
    ...row,
    ...(handle !== null && { handle }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  })
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
  }
}
