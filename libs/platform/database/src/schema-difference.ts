import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type pg from 'pg'
import { withClient } from './connect.ts'
import { applyMigrations } from './migrations.ts'
import { withEngine } from './schema-engine.ts'

export interface SchemaDifferenceOptions {
  /** A superuser's, of a scratch database that may be filled. */
  url: string
  schema: string
  /** The module's schema.prisma. */
  schemaFile: string
  migrationsDir: string
}

/**
 * The SQL that is missing in a module's migrations to make what its schema.prisma describes; empty if nothing is.
 * What Prisma cannot express (checks, triggers, functions, indexes with a condition or on an expression) is written
 * into migrations by hand and not held against them.
 */
export async function schemaDifference(options: SchemaDifferenceOptions): Promise<string> {
  const { url, schema, schemaFile } = options
  await withClient({ url }, (client) => client.query(`create schema if not exists "${schema}"`))
  await applyMigrations(options)
  await withClient({ url, schema }, (client) => dropInexpressibleIndexes(client, schema))
  const datamodel = { path: schemaFile, content: await readFile(schemaFile, 'utf8') }
  const files = [datamodel]
  const script = await withEngine({ url, schema, datamodel }, (engine) =>
    engine.diff(
      { tag: 'schemaDatasource', files, configDir: dirname(schemaFile) },
      { tag: 'schemaDatamodel', files },
    ),
  )
  return script.includes('This is an empty migration') ? '' : script.trim()
}

async function dropInexpressibleIndexes(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index join pg_class on pg_class.oid = indexrelid
     where relnamespace = $1::regnamespace and (indpred is not null or indexprs is not null)`,
    [schema],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
}
