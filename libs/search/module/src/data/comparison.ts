import type { Queryable } from '@cenopie/platform-database'
import type { IndexName } from '@cenopie/search-contract'
import { nextOf } from './generations.ts'
import { erased, tables } from './tables.ts'

/** What of an entity is compared: one text for its id, whether it is there. */
const shapes: Record<IndexName, { id: string; there: string; where?: string }> = {
  // What has expired is in no snapshot, whether the news of it has come or not.
  postings: { id: 'id::text', there: 'listed and expires_at > now()' },
  // A member's two rows are written together. A hidden profile is there, an erased one is not.
  people: { id: 'id::text', there: `version < ${erased}`, where: `where audience = 'members'` },
  blocks: { id: `blocker_id || ':' || blocked_id`, there: 'stands' },
}

const side = (index: IndexName, table: string) => {
  const { id, there, where = '' } = shapes[index]
  return `select ${id} as id, version::bigint as version, ${there} as there from ${table} ${where}`
}

export interface Difference {
  kind: 'missing' | 'stale' | 'extra'
  count: number
  sample: string[]
}

/** How the index in use differs from the one built beside it. */
export async function compareGenerations(db: Queryable, index: IndexName): Promise<Difference[]> {
  return db.query<Difference>(
    `with old as (${side(index, tables[index])}), new as (${side(index, nextOf(index))}),
      difference as (
        select coalesce(new.id, old.id) as id, case
          when new.there and (old.id is null or not old.there and old.version < new.version) then 'missing'
          when new.there and old.version < new.version then 'stale'
          when old.there and new.id is null then 'extra' end as kind
        from new full join old on old.id = new.id)
    select kind, count(*) as count, (array_agg(id order by id))[1:10] as sample
    from difference where kind is not null group by kind`,
    [],
  )
}

/** One entity as its owner tells of it. */
export interface Told {
  id: string
  version: number
}

/**
 * How the index in use differs from a page of a snapshot. Snapshots come in the order of ids, so what lies between the
 * last id of the page before (`after`) and the last of this one (`upTo`; left out on the last page), and is not on the
 * page, is extra.
 */
export async function comparePage(
  db: Queryable,
  index: IndexName,
  told: readonly Told[],
  after: string | undefined,
  upTo: string | undefined,
): Promise<{ id: string; kind: Difference['kind'] }[]> {
  return db.query(
    `with old as (${side(index, tables[index])}),
      new as (select * from jsonb_to_recordset($1::jsonb) as t (id text, version bigint))
    select id, kind from (
      select new.id, case when old.id is null or not old.there and old.version < new.version then 'missing'
        when old.version < new.version then 'stale' end as kind
      from new left join old on old.id = new.id
      union all
      select old.id, 'extra' from old
      where old.there and ($2::text is null or old.id collate "C" > $2) and ($3::text is null or old.id collate "C" <= $3)
        and not exists (select from new where new.id = old.id)) compared
    where kind is not null`,
    [JSON.stringify(told), after ?? null, upTo ?? null],
  )
}

/** What became of the entities of which news came while the index was built, and of what was over before. */
export async function keepTombstones(db: Queryable, index: IndexName): Promise<void> {
  const gone = { postings: 'not listed', people: `version = ${erased}`, blocks: 'not stands' }[index]
  await db.query(
    `insert into ${nextOf(index)} select * from ${tables[index]} where ${gone} on conflict do nothing`,
  )
}
