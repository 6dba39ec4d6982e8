import { id, type Actor } from '@cenopie/platform-contract'
import { decodeCursor, pageOf, type Database } from '@cenopie/platform-database'
import type { Profile, ProfileCard, ProfileSummary } from '@cenopie/users-contract'
import { z } from 'zod'
import { summaryOf } from '../domain/summary.ts'
import {
  cardColumns,
  listed,
  present,
  profileColumns,
  toProfile,
  unblocked,
  viewing,
  visible,
  type VisibleRow,
} from './visibility-sql.ts'

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
      { name, text: `select ${profileColumns} from profile p where ${where} and ${present}` },
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
      const { items, ...next } = pageOf(rows, filter.limit, (last) => [
        last.created_at.getTime(),
        last.user_id,
      ])
      return { items: items.map(toProfile), ...next }
    },

    /** In no order. Audiences are the asking module's to honour; blocks are seen to here, when it asks for a user. */
    async summaries(viewer: Actor, userIds: string[]): Promise<ProfileSummary[]> {
      const [viewerId] = viewing(viewer)
      const rows = await database.query<Parameters<typeof summaryOf>[0]>(summaries, [viewerId, userIds])
      return rows.map(summaryOf)
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
         where ${present} and ${listed}
           and ($3::timestamptz is null or (p.created_at, p.user_id) < ($3, $4::uuid))
           and ($5::text is null or (p.skill_keys @> array[$5] and ${visible('skills')}))
           and (not $6 or (p.open_to_work and ${visible('openToWork')}))
         order by p.created_at desc, p.user_id desc
         limit $7`,
}

const summaries = {
  name: 'profile-summaries',
  text: `select p.user_id as "userId", p.name, p.headline, p.location
         from profile p where p.user_id = any($2::uuid[]) and ${unblocked}`,
}
