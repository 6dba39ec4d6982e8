import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { withLock } from './advisory-lock.ts'
import { withClient } from './connect.ts'
import { checksum, ifTableIsMissing } from './platform-tables.ts'
import { withEngine } from './schema-engine.ts'

export interface MigrationsOptions {
  /** Of the module's own role, so that the tables belong to it. */
  url: string
  schema: string
  /** Holds `<timestamp>_<name>/migration.sql` and `migration_lock.toml`. */
  migrationsDir: string
}

export interface Migration {
  name: string
  sql: string
}

/**
 * As Prisma creates it. Ours comes first because its engine refuses (P3005) a schema that has tables and no history,
 * and the platform's tables are there already.
 */
const historyTable = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`

/** A module's migrations on disk, oldest first. */
export async function readMigrations(migrationsDir: string): Promise<Migration[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8'),
    })),
  )
}

/**
 * Applies what is pending, each migration in one transaction, with Prisma's engine and its history table. What the
 * database has and the disk does not is fine: a newer release may already run beside this one. Returns the names of
 * the migrations it applied.
 */
export async function applyMigrations(options: MigrationsOptions): Promise<string[]> {
  return withClient(options, (client) => migrate(client, options))
}

export async function migrate(client: pg.Client, options: MigrationsOptions): Promise<string[]> {
  const migrations = await readMigrations(options.migrationsDir)
  if (!isBehind(await readHistory(client), migrations)) return []
  return withLock(client, `cenopie migrations of ${options.schema}`, async () => {
    const history = await readHistory(client)
    // Whoever holds the lock is not in the middle of one: what is unfinished now has failed.
    const failed = history.find((row) => !row.finished)
    if (failed)
      throw new Error(`migration ${failed.name} failed before and needs a hand: ${failed.logs ?? ''}`)
    if (!isBehind(history, migrations)) return []
    await client.query(historyTable)
    return withEngine(options, (engine) => engine.apply(migrationList(options.migrationsDir, migrations)))
  })
}

interface HistoryRow {
  name: string
  checksum: string
  finished: boolean
  logs: string | null
}

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const { rows } = await client
    .query<HistoryRow>(
      `select migration_name as name, checksum, finished_at is not null as finished, logs
       from _prisma_migrations where rolled_back_at is null`,
    )
    .catch(ifTableIsMissing)
  return rows
}

function isBehind(history: HistoryRow[], migrations: Migration[]): boolean {
  const applied = new Map(history.filter((row) => row.finished).map((row) => [row.name, row.checksum]))
  const edited = migrations.find(({ name, sql }) => (applied.get(name) ?? checksum(sql)) !== checksum(sql))
  if (edited)
    throw new Error(`migration ${edited.name} was changed after it had been applied; write another one`)
  return history.some((row) => !row.finished) || migrations.some(({ name }) => !applied.has(name))
}

export function migrationList(baseDir: string, migrations: Migration[]): MigrationList {
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
