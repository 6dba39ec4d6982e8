import { modulePassword, moduleUrl, newId, openDatabase } from '@cenopie/platform-database'
import { connectRedis, createMessaging, handle } from '@cenopie/platform-outbox'
import { migrateModules } from '@cenopie/platform-runtime'
import { createLogger } from '@cenopie/platform-telemetry'
import { expect, test } from 'vitest'
import { count, createNotes } from './fixture/notes.ts'
import { databaseSecret, freshDatabase, freshRedis } from './fresh.ts'
import { faultProxy } from './index.ts'

test('a process whose workers cannot connect does not count as started', async () => {
  const [server, redis] = [await freshDatabase(), await freshRedis()]
  await migrateModules([createNotes()], { adminUrl: server.url, secret: databaseSecret })
  const url = moduleUrl(server.url, 'notes', modulePassword(databaseSecret, 'notes'))
  const database = openDatabase({ url, schema: 'notes' })
  const proxy = await faultProxy(redis.url)
  const log = createLogger({ service: 'test', level: 'error' })
  const pair = await connectRedis(proxy.url, log)
  await proxy.cut()
  const messaging = createMessaging({
    module: 'notes',
    database,
    ...pair,
    prefix: newId(),
    log,
    tasks: [handle(count, () => Promise.resolve())],
    reactions: [],
    schedules: [],
    pollMs: 20,
  })
  await expect(messaging.start()).rejects.toThrow(/Redis/)
  await proxy.heal()
  await messaging.close(1_000)
  await pair.close()
  await proxy.close()
  await database.close()
  await Promise.all([server.close(), redis.close()])
})
