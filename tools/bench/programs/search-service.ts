/** The search module alone, beside domains that own a made-up market of `ENTITIES` postings and as many people. */
import type { Client, Contract } from '@cenopie/platform-contract'
import { platformConfig, startPlatform, type Environment, type Module } from '@cenopie/platform-runtime'
import { createLogger } from '@cenopie/platform-telemetry'
import { search } from '@cenopie/search'
import { market } from '../harness/market.ts'

const env = process.env as Environment
const entities = Number(env['ENTITIES'])
const { posting, profile } = market()

/** Pages of a snapshot: the cursor counts. */
const paged =
  <T>(make: (at: number) => T) =>
  async ({ limit, cursor = '0' }: { limit: number; cursor?: string }) => {
    const from = Number(cursor)
    const to = Math.min(from + limit, entities)
    const items = Array.from({ length: to - from }, (_, at) => make(from + at))
    return { items, ...(to < entities && { nextCursor: `${to}` }) }
  }

const remotes = {
  jobs: { snapshotPostings: paged(posting) },
  users: { snapshotProfiles: paged(profile), snapshotBlocks: async () => ({ items: [] }) },
} as unknown as Record<string, Client<Contract>>

const platform = await startPlatform({
  name: 'search-bench',
  modules: [search as unknown as Module],
  config: platformConfig.parse({
    port: Number(env['PORT']),
    publicUrl: 'http://127.0.0.1',
    rateLimit: 1_000_000_000,
    logLevel: 'warn',
  }),
  env,
  log: createLogger({ service: 'search-bench', level: 'warn' }),
  remotes,
  isolated: true,
})
process.once('SIGTERM', () => void platform.close().then(() => process.exit(0)))
