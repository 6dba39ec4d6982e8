import type { Actor } from '@cenopie/platform-contract'
import type { Audience, Profile, Section } from '@cenopie/users-contract'

/** `$1`: the viewer, if signed in; `$2`: the audiences they belong to. */
export function viewing(viewer: Actor): [string | null, Audience[]] {
  return viewer.kind === 'user' ? [viewer.id, ['public', 'members']] : [null, ['public']]
}

/** Whether the viewer may see a section of profile `p`. */
export function visible(section: Section): string {
  return `(p.user_id = $1::uuid is true or p.visibility ->> '${section}' = any($2::text[]))`
}

const blockedByOwner = 'exists (select from block where blocker_id = p.user_id and blocked_id = $1::uuid)'
const blockedByViewer = 'exists (select from block where blocker_id = $1::uuid and blocked_id = p.user_id)'

/** Whether no block stands between the viewer and the owner of profile `p`, in either direction. */
export const unblocked = `(not ${blockedByOwner} and not ${blockedByViewer})`

/** Whether profile `p` is there at all for the viewer. */
export const present = `(${visible('profile')} and ${unblocked})`

/** The same, were it not for the viewer's own block. */
export const presentIfUnblocked = `(${visible('profile')} and not ${blockedByOwner})`

/** Whether lists may show a profile that is there: its owner consents, and the viewer has not muted them. */
export const listed = `((p.discoverable or p.user_id = $1::uuid is true)
  and not exists (select from mute where muter_id = $1::uuid and muted_id = p.user_id))`

const only = (section: Section, column: string) =>
  `case when ${visible(section)} then p.${column} end as ${column}`

export const cardColumns = [
  'p.user_id',
  'p.handle',
  'p.name',
  'p.headline',
  only('location', 'location'),
  only('openToWork', 'open_to_work'),
].join(', ')

export const profileColumns = [
  cardColumns,
  only('about', 'about'),
  only('experience', 'experience'),
  only('education', 'education'),
  only('skills', 'skills'),
  only('languages', 'languages'),
].join(', ')

/** Null where the viewer may not look; a card has none of the long sections. */
export interface VisibleRow {
  user_id: string
  handle: string | null
  name: string
  headline: string
  location: string | null
  open_to_work: boolean | null
  about?: string | null
  experience?: Profile['experience'] | null
  education?: Profile['education'] | null
  skills?: Profile['skills'] | null
  languages?: Profile['languages'] | null
}

/** Absent on the wire: what is not the viewer's to see, and text that is empty. */
export function toProfile(row: VisibleRow): Profile {
  return {
    userId: row.user_id,
    name: row.name,
    ...(row.handle !== null && { handle: row.handle }),
    ...(row.headline && { headline: row.headline }),
    ...(row.location && { location: row.location }),
    ...(row.open_to_work !== null && { openToWork: row.open_to_work }),
    ...(row.about && { about: row.about }),
    ...(row.experience && { experience: row.experience }),
    ...(row.education && { education: row.education }),
    ...(row.skills && { skills: row.skills }),
    ...(row.languages && { languages: row.languages }),
  }
}
