import { modules } from '@cenopie/api'
import { migrateModules, platformConfig, readConfig, type Environment } from '@cenopie/platform-runtime'
import pg from 'pg'
import { planFor } from './plan-for.ts'
import type { Plan } from './plan.ts'

const missing = '3D000'
const exists = '42P04'

/** `migratePlan` of a topology on the server of `DATABASE_URL`. Throws what is missing, by name. */
export async function migrateTopology(topology: string, env: Environment): Promise<Record<string, string[]>> {
  const databaseUrl = env['DATABASE_URL']
  if (!databaseUrl)
    throw new Error(
      'DATABASE_URL is missing: the shared database, as a user who may create databases and roles',
    )
  const address = (name: string) => ({ host: name, port: 3000, url: `http://${name}` })
  const site = { publicUrl: '', gateway: true, databaseUrl, redisUrl: '', env: {}, address }
  return migratePlan(await planFor(topology, site), secretOf(env))
}

/** What the passwords of module roles derive from. */
export function secretOf(env: Environment): string {
  const production = env['CENOPIE_ENV'] === 'production'
  return readConfig(platformConfig.pick({ databaseSecret: true }), '', env, production).databaseSecret
}

/**
 * Brings each module's schema up to date in the database of its process, which is made when it is missing. Returns
 * what was applied, by module.
 */
export async function migratePlan({ processes }: Plan, secret: string): Promise<Record<string, string[]>> {
  for (const url of new Set(processes.map(({ databaseUrl }) => databaseUrl))) await ensureDatabase(url)
  const applied = await Promise.all(
    processes.map((process) => {
      const held = modules.filter(({ contract }) => process.modules.includes(contract.name))
      return migrateModules(held, { adminUrl: process.databaseUrl, secret })
    }),
  )
  return Object.assign({}, ...applied) as Record<string, string[]>
}

async function ensureDatabase(url: string): Promise<void> {
  if (await isThere(url)) return
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  server.pathname = '/postgres'
  await connected(server.href, (client) =>
    client.query(`create database ${pg.escapeIdentifier(name)}`),
  ).catch(
    // Somebody else was faster.
    tolerate(exists),
  )
}

async function isThere(url: string): Promise<boolean> {
  return connected(url, async () => true).then(Boolean, (error: unknown) => {
    tolerate(missing)(error)
    return false
  })
}

const tolerate = (code: string) => (error: unknown) => {
  if ((error as { code?: unknown }).code !== code) throw error
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // Without a listener a connection that breaks would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
