/** Entries that wait in an outbox → relay → queue → one reaction without effect, its inbox row committed. */
import { event } from '@cenopie/platform-contract'
import { migrateModule, newId, openDatabase } from '@cenopie/platform-database'
import { connectRedis, createMessaging, outboxTables, react, subscribe } from '@cenopie/platform-outbox'
import { createLogger } from '@cenopie/platform-telemetry'
import { z } from 'zod'
import { answerRuns } from './answer-runs.ts'
import { meta, payload } from './relay-entry.ts'

const happened = event('source.happened', 1, z.object({ postingId: z.uuid(), title: z.string() }))
const log = createLogger({ service: 'bench', level: 'info' })
const redis = await connectRedis(process.env['REDIS_URL'] ?? '', log)
const source = await database('source')
const sink = await database('sink')
await subscribe(source, 'sink', [{ event: happened.name, consumer: 'sink.nothing' }])

async function database(schema: string) {
  const adminUrl = process.env['DATABASE_URL'] ?? ''
  const migrationsDir = import.meta.dirname + '/no-migrations'
  const { url } = await migrateModule({
    adminUrl,
    schema,
    password: 'bench',
    migrationsDir,
    platform: outboxTables,
  })
  return openDatabase({ url, schema })
}

answerRuns(async (entries) => {
  await source.query(
    `insert into outbox_entry (id, kind, name, version, entity_id, entity_version, payload, meta)
     select id, 'event', $2, 1, id, 1, $3::jsonb, $4::jsonb from unnest($1::uuid[]) as id`,
    [Array.from({ length: entries }, newId), happened.name, JSON.stringify(payload), JSON.stringify(meta)],
  )
  await sink.query('delete from inbox')
  let seen = 0
  const { promise: all, resolve } = Promise.withResolvers<void>()
  const nothing = react(happened, 'nothing', async () => {
    seen += 1
    if (seen === entries) resolve()
  })
  const shared = { producer: redis.producer, consumer: redis.consumer, prefix: 'bench', log, pollMs: 1000 }
  const idle = { ...shared, tasks: [], reactions: [], schedules: [] }
  const modules = [
    createMessaging({ ...idle, module: 'source', database: source }),
    createMessaging({ ...idle, module: 'sink', database: sink, reactions: [nothing] }),
  ]
  const started = performance.now()
  await Promise.all(modules.map((module) => module.start()))
  await all
  // The last reactions have run; the run ends when their inbox rows are committed.
  while ((await committed()) < entries);
  const elapsed = performance.now() - started
  while ((await source.query('select from outbox_entry where kind = $1 limit 1', ['event'])).length > 0) {
    await new Promise((wait) => setTimeout(wait, 50))
  }
  await Promise.all(modules.map((module) => module.close(1000)))
  return elapsed
})

async function committed(): Promise<number> {
  const [row] = await sink.query<{ count: number }>('select count(*) from inbox')
  return row?.count ?? 0
}
