import type { Profile, Section } from '@cenopie/users-contract'

/** Whether the viewer (`$1` their id or null, `$2` their audiences) may see a section of profile `p`. */
export function visible(section: Section): string {
  return `(p.user_id = $1::uuid is true or p.visibility ->> '${section}' = any($2::text[]))`
}

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
