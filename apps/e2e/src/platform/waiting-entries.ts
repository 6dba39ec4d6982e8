import { openDatabase } from '@cenopie/platform-database'

/** How many events and tasks of all modules wait, run or rest between two tries. `url` is a superuser's. */
export async function waitingEntries(url: string): Promise<number> {
  const database = openDatabase({ url, schema: 'public', poolSize: 1 })
  try {
    const tables = await database.query<{ name: string }>(
      `SELECT format('%I.outbox_entry', table_schema) AS name FROM information_schema.tables WHERE table_name = 'outbox_entry'`,
    )
    const counts = tables.map(({ name }) => `SELECT count(*)::int AS n FROM ${name}`)
    const [sum] = await database.query<{ n: number }>(
      `SELECT sum(n)::int AS n FROM (${counts.join(' UNION ALL ')}) each`,
    )
    return sum?.n ?? 0
  } finally {
    await database.close()
  }
}
