import { withClient } from '@cenopie/platform-database'
import { planFor } from '../../topology/plan-for.ts'
import { migratePlan } from '../../topology/migrate.ts'
import { recordEntries } from './entries.ts'

/** Module passwords derive from it; roles belong to the server, so all runs use the same. */
export const databaseSecret = 'the database secret of comparisons'

/** The databases of one run. */
export interface Databases {
  /** Of the one that processes share which have none of their own. A superuser's, like the others. */
  url: string
  drop(): Promise<void>
}

/**
 * Migrates the databases of a topology once, with what records entries in each. What it returns makes copies of them,
 * which takes a tenth of the time.
 */
export async function databasesOf(
  topology: string,
  server: string,
): Promise<(run: string) => Promise<Databases>> {
  const template = databaseUrl(server, `template_${topology.replaceAll('-', '_')}`)
  const plan = await planFor(topology, {
    publicUrl: 'http://127.0.0.1',
    gateway: true,
    databaseUrl: template,
    redisUrl: 'redis://127.0.0.1',
    address: () => ({ host: '127.0.0.1', port: 0, url: 'http://127.0.0.1' }),
    env: {},
  })
  await migratePlan(plan, databaseSecret)
  const templates = [...new Set([template, ...plan.processes.map((process) => process.databaseUrl)])]
  // Where every process has a database of its own, nobody made the shared one.
  const made: string[] = []
  for (const url of templates) if (await exists(server, nameIn(url))) made.push(url)
  for (const url of made) await recordEntries(url)

  return async (run) => {
    const copies = made.map((url) => ({
      from: nameIn(url),
      to: nameIn(url).replace(nameIn(template), run),
    }))
    // One after the other: PostgreSQL copies a template while nobody else looks at it.
    for (const { from, to } of copies) await admin(server, `create database ${to} template ${from}`)
    return {
      url: databaseUrl(server, run),
      async drop() {
        for (const { to } of copies) await admin(server, `drop database ${to} with (force)`)
      },
    }
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = name
  return url.href
}

const nameIn = (url: string) => new URL(url).pathname.slice(1)

const admin = (url: string, statement: string) => withClient({ url }, (client) => client.query(statement))

async function exists(server: string, name: string): Promise<boolean> {
  const { rowCount } = await withClient({ url: server }, (client) =>
    client.query('select from pg_database where datname = $1', [name]),
  )
  return rowCount === 1
}
