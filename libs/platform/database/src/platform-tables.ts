import { createHash } from 'node:crypto'
import type pg from 'pg'
import { withLock } from './advisory-lock.ts'
import { withClient } from './connect.ts'

/** One step in the history of a library's own tables. Its name is stable for ever; its SQL never changes. */
export interface PlatformStep {
  name: string
  sql: string
}

export interface PlatformTablesOptions {
  /** Of the module's own role. */
  url: string
  schema: string
  /** In order. */
  steps: readonly PlatformStep[]
}

/** Brings the platform's own tables in a module's schema up to date. Returns the names of the steps it took. */
export async function applyPlatformTables(options: PlatformTablesOptions): Promise<string[]> {
  return withClient(options, (client) => migratePlatformTables(client, options.schema, options.steps))
}

export async function migratePlatformTables(
  client: pg.Client,
  schema: string,
  steps: readonly PlatformStep[],
): Promise<string[]> {
  if ((await pendingSteps(client, steps)).length === 0) return []
  return withLock(client, `cenopie platform tables of ${schema}`, async () => {
    await client.query(
      `create table if not exists _platform_migrations
         (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    const pending = await pendingSteps(client, steps)
    for (const step of pending) await apply(client, step)
    return pending.map((step) => step.name)
  })
}

async function apply(client: pg.Client, step: PlatformStep): Promise<void> {
  await client.query('begin')
  try {
    await client.query(step.sql)
    await client.query('insert into _platform_migrations (name, checksum) values ($1, $2)', [
      step.name,
      checksum(step.sql),
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`platform step ${step.name} failed`, { cause: error })
  }
}

async function pendingSteps(client: pg.Client, steps: readonly PlatformStep[]): Promise<PlatformStep[]> {
  const { rows } = await client
    .query<{ name: string; checksum: string }>('select name, checksum from _platform_migrations')
    .catch(ifTableIsMissing)
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  return steps.filter((step) => {
    const known = applied.get(step.name)
    if (known !== undefined && known !== checksum(step.sql)) {
      throw new Error(`platform step ${step.name} was changed after it had been applied; add another step`)
    }
    return known === undefined
  })
}

/** A history table that is not there yet is an empty history. */
export function ifTableIsMissing(error: unknown): { rows: never[] } {
  if ((error as { code?: unknown }).code === '42P01') return { rows: [] }
  throw error
}

export function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
