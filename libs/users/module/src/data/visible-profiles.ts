import type { Actor } from '@cenopie/platform-contract'
import { decodeCursor, encodeCursor, type Database } from '@cenopie/platform-database'
import { id } from '@cenopie/platform-contract'
import type { Audience, Profile, ProfileCard } from '@cenopie/users-contract'
import { z } from 'zod'
import { cardColumns, profileColumns, toProfile, visible, type VisibleRow } from './visibility-sql.ts'

export type VisibleProfiles = ReturnType<typeof visibleProfiles>

/** Milliseconds since 1970 (the bound is in the year 2096) and the row's id, of the last row of a page. */
const cursorShape = z.tuple([z.int().min(0).max(4e12), id])

/** Profiles as others see them. Every query takes the viewer and decides what is theirs to see. */
export function visibleProfiles(database: Database) {
  const one = async (
    name: string,
    where: string,
    viewer: Actor,
    key: string,
  ): Promise<Profile | undefined> => {
    const [row] = await database.query<VisibleRow>(
      { name, text: `select ${profileColumns} from profile p where ${where} and ${visible('profile')}` },
      [...viewing(viewer), key],
    )
    return row && toProfile(row)
  }

  return {
    byId: (viewer: Actor, userId: string) => one('profile-by-id', 'p.user_id = $3', viewer, userId),

    /** Former handles lead to their holder too. */
    byHandle: (viewer: Actor, handle: string) =>
      one('profile-by-handle', 'p.user_id = (select user_id from handle where name = $3)', viewer, handle),

    /** Newest first. A filter looks only at sections that the viewer may see. */
    async page(
      viewer: Actor,
      filter: DirectoryFilter,
    ): Promise<{ items: ProfileCard[]; nextCursor?: string }> {
      const [createdAt, userId] = decodeCursor(filter.cursor, cursorShape) ?? []
      const rows = await database.query<VisibleRow & { created_at: Date }>(directory, [
        ...viewing(viewer),
        createdAt === undefined ? null : new Date(createdAt),
        userId ?? null,
        filter.skill?.trim().toLowerCase() ?? null,
        filter.openToWork,
        filter.limit + 1,
      ])
      const shown = rows.slice(0, filter.limit)
      const last = shown.at(-1)
      return {
        items: shown.map(toProfile),
        ...(last &&
          rows.length > filter.limit && {
            nextCursor: encodeCursor([last.created_at.getTime(), last.user_id]),
          }),
      }
    },
  }
}

export interface DirectoryFilter {
  limit: number
  cursor?: string | undefined
  skill?: string | undefined
  openToWork: boolean
}

const directory = {
  name: 'profile-directory',
  text: `select ${cardColumns}, p.created_at
         from profile p
         where ${visible('profile')}
           and ($3::timestamptz is null or (p.created_at, p.user_id) < ($3, $4::uuid))
           and ($5::text is null or (p.skill_keys @> array[$5] and ${visible('skills')}))
           and (not $6 or (p.open_to_work and ${visible('openToWork')}))
         order by p.created_at desc, p.user_id desc
         limit $7`,
}

/** `$1`: the viewer, if signed in; `$2`: the audiences they belong to. */
function viewing(viewer: Actor): [string | null, Audience[]] {
  return viewer.kind === 'user' ? [viewer.id, ['public', 'members']] : [null, ['public']]
}
