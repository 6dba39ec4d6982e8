import { withClient } from '@cenopie/platform-database'
import pg from 'pg'

/** A row as it is in the end. */
export interface StoredRow {
  /** `schema.table` */
  table: string
  row: Record<string, unknown>
}

/** Tables that say how a run went rather than what came of it, in every schema or in one. */
const ofTheRun: Record<string, string> = {
  outbox_entry: 'empty when all is quiet; what went through it is compared as it was published',
  idempotency_key: 'keys are made by whoever sends again, which only some runs do',
  schedule: 'when it is next due depends on when the run began',
  confirmed_subscription: 'only processes with neighbours have any',
  _prisma_migrations: 'when and how fast a migration was applied',
  _platform_migrations: 'when a migration was applied',
  'search.term': 'a schedule counts and forgets; what terms there are follows from the documents',
  'search.lexeme_count': 'as of the last count',
  'search.index_state': 'how much there was when an index was built; what is in it is compared',
}

/** Every row of the modules' schemas. Inbox rows are among them: what each consumer has done, once for each entry. */
export async function storedRows(url: string, modules: readonly string[]): Promise<StoredRow[]> {
  return withClient({ url }, async (client) => {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema = any($1) and table_type = 'BASE TABLE' order by 1, 2`,
      [modules],
    )
    const found: StoredRow[] = []
    for (const { schema, name } of tables) {
      if (name in ofTheRun || `${schema}.${name}` in ofTheRun) continue
      const from = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${from} t`,
      )
      for (const { row } of rows) found.push({ table: `${schema}.${name}`, row })
    }
    return found
  })
}
