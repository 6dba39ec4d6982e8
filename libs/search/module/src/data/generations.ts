import type { Database, Queryable, Transaction } from '@cenopie/platform-database'
import type { IndexName } from '@cenopie/search-contract'
import { tables } from './tables.ts'

export const nextOf = (index: IndexName) => `${tables[index]}_next`

/**
 * Writes into the index in use and, while one is being built beside it, into that too. The row of the index is held
 * against the swap until the transaction ends, so nothing is written to a table that is no longer there.
 */
export async function intoEach(
  tx: Transaction,
  index: IndexName,
  write: (table: string) => Promise<void>,
): Promise<void> {
  const [state] = await tx.query<{ building: boolean }>(
    { name: 'search_building', text: 'select building from index_state where name = $1 for share' },
    [index],
  )
  await write(tables[index])
  if (state?.building) await write(nextOf(index))
}

/**
 * Makes an empty index beside the one in use; false if that is there already. It has its primary key alone: filling a
 * table before its other indexes are made takes a fraction of the time.
 */
export async function beginBuilding(tx: Transaction, index: IndexName): Promise<boolean> {
  await tx.query('insert into index_state (name) values ($1) on conflict do nothing', [index])
  const [state] = await tx.query<{ building: boolean }>(
    'select building from index_state where name = $1 for update',
    [index],
  )
  if (state?.building) return false
  const [table, next] = [tables[index], nextOf(index)]
  const [like] = await tx.query<{ key: string; options: string | null }>(
    `select pg_get_constraintdef(con.oid) as key, array_to_string(reloptions, ', ') as options
     from pg_constraint con join pg_class rel on rel.oid = conrelid
     where conrelid = $1::regclass and contype = 'p'`,
    [table],
  )
  await tx.query(`drop table if exists ${next}`)
  await tx.query(`create table ${next} (like ${table} including all excluding indexes)`)
  await tx.query(`alter table ${next} add constraint ${next}_pkey ${like?.key}`)
  if (like?.options) await tx.query(`alter table ${next} set (${like.options})`)
  await makeWordList(tx, table, next)
  await tx.query('update index_state set building = true, cursor = null, copied = 0 where name = $1', [index])
  return true
}

/** The list of words beside a table, and the triggers that keep it; blocks have none. */
async function makeWordList(tx: Transaction, table: string, next: string): Promise<void> {
  await tx.query(`drop table if exists ${next}_word`)
  if (!(await hasWordList(tx, table))) return
  await tx.query(`create table ${next}_word (like ${table}_word including all)`)
  const triggers = await tx.query<{ definition: string }>(
    `select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1::regclass and not tgisinternal`,
    [table],
  )
  for (const { definition } of triggers)
    await tx.query(definition.replace(/ ON \S+ REFERENCING /, ` ON ${next} REFERENCING `))
}

async function hasWordList(db: Queryable, table: string): Promise<boolean> {
  const [found] = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    `${table}_word`,
  ])
  return found?.there ?? false
}

/** Where to read on; undefined when nothing is being built. */
export async function progress(
  db: Queryable,
  index: IndexName,
): Promise<{ cursor: string | null } | undefined> {
  const [state] = await db.query<{ cursor: string | null }>(
    'select cursor from index_state where name = $1 and building',
    [index],
  )
  return state
}

export async function advance(tx: Transaction, index: IndexName, copied: number, cursor: string | undefined) {
  await tx.query('update index_state set cursor = $2, copied = copied + $3 where name = $1', [
    index,
    cursor ?? null,
    copied,
  ])
}

/** Gives the new index what the old one has beside its primary key. Writes wait meanwhile, searches do not. */
export async function makeIndexes(database: Database, index: IndexName): Promise<void> {
  const [table, next] = [tables[index], nextOf(index)]
  for (const { name, definition } of await secondaryIndexes(database, table)) {
    await database.transaction(async (tx) => {
      await tx.query('set local statement_timeout = 0')
      await tx.query(`create index if not exists ${name}_next on ${next} ${definition}`)
    })
  }
  await database.query(`analyze ${next}`)
  if (await hasWordList(database, next)) await database.query(`analyze ${next}_word`)
}

function secondaryIndexes(db: Queryable, table: string): Promise<{ name: string; definition: string }[]> {
  return db.query(
    `select indexrelid::regclass::text as name, substring(pg_get_indexdef(indexrelid) from 'USING .*') as definition
     from pg_index where indrelid = $1::regclass and not indisprimary`,
    [table],
  )
}

/** Locks out writes of other transactions until the end of this one; undefined if nothing is being built. */
export async function holdForSwap(
  tx: Transaction,
  index: IndexName,
): Promise<{ copied: number; builtAt: Date | null } | undefined> {
  // What follows reads the whole index.
  await tx.query('set local statement_timeout = 0')
  const [state] = await tx.query<{ copied: number; builtAt: Date | null }>(
    'select copied, built_at as "builtAt" from index_state where name = $1 and building for update',
    [index],
  )
  return state
}

/** Puts the new index in the place of the old one, under all its names. Readers see one or the other. */
export async function swap(tx: Transaction, index: IndexName, analysis: number): Promise<void> {
  const [table, next] = [tables[index], nextOf(index)]
  const indexes = await secondaryIndexes(tx, table)
  await tx.query(`drop table ${table}`)
  await tx.query(`alter table ${next} rename to ${table}`)
  await tx.query(`alter index ${next}_pkey rename to ${table}_pkey`)
  if (await hasWordList(tx, table)) {
    await tx.query(`drop table ${table}_word`)
    await tx.query(`alter table ${next}_word rename to ${table}_word`)
    await tx.query(`alter index ${next}_word_pkey rename to ${table}_word_pkey`)
  }
  for (const { name } of indexes) await tx.query(`alter index ${name}_next rename to ${name}`)
  await tx.query(
    `update index_state set building = false, cursor = null, built_at = now(), analysis = $2 where name = $1`,
    [index, analysis],
  )
}

/** Gives a rebuild up. */
export async function abandonBuilding(tx: Transaction, index: IndexName): Promise<void> {
  await tx.query(`drop table if exists ${nextOf(index)}, ${nextOf(index)}_word`)
  await tx.query('update index_state set building = false, cursor = null where name = $1', [index])
}
