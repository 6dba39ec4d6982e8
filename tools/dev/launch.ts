import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endOfLog, stopMs, untilReady } from './api.ts'
import { startChild } from './child.ts'
import { claim } from './claim.ts'
import { postgres, redis } from './databases.ts'
import { generate } from './generate.ts'
import { startMail } from './mail.ts'
import { requireFreePorts } from './ports.ts'
import { startQueues } from './queues.ts'
import { apiEnvironment, foldersOf, services, type Settings } from './settings.ts'
import type { Stack } from './stack.ts'
import { welcome } from './welcome.ts'

export interface Launch {
  workspace: string
  settings: Settings
  /** Receives every part as soon as it runs, so that a stop in the middle stops it too. */
  started: Stack
  say: (text: string) => void
  signal: AbortSignal
}

/** Starts everything in order. Rejects with a message for people; whoever called then stops what `started` holds. */
export async function launch({ workspace, settings, started, say, signal }: Launch) {
  const { ports, dataDir } = settings
  const folders = foldersOf(dataDir)
  const began = performance.now()

  const claimed = claim(folders.launcher)
  started.push('the claim on the data folder', async () => claimed.release())
  const own = services.filter(
    (service) =>
      !(service === 'postgres' && settings.databaseUrl) && !(service === 'redis' && settings.redisUrl),
  )
  await requireFreePorts(ports, own, claimed.leftBehind ? 15_000 : 0)

  say('Starting PostgreSQL, Redis and the mail inbox …')
  const part = async <T extends { stop: () => Promise<void> }>(name: string, start: Promise<T>) => {
    const running = await start
    started.push(name, running.stop)
    return running
  }
  const [database, broker] = await Promise.all([
    part('PostgreSQL', postgres(settings)),
    part('Redis', redis(settings)),
    part('the mail inbox', startMail({ smtp: ports.smtp, web: ports.mail, folder: folders.mail })),
    generate(workspace, signal),
  ])
  const env = apiEnvironment(process.env, settings, { database: database.url, redis: broker.url })
  const prefix = process.env['CENOPIE_REDIS_PREFIX'] || 'cenopie'
  await part('the queue dashboard', startQueues({ port: ports.queues, redisUrl: broker.url, prefix }))

  const run = (name: string, script: string, args: string[], patience = 0) => {
    const child = startChild(join(workspace, script), args, { cwd: workspace, env, log: folders.log })
    started.push(name, () => child.stop(patience))
    return child
  }

  say('Migrating …')
  const migration = run('the migration', 'tools/migrate/migrate.ts', ['deploy'])
  if ((await migration.exited) !== 0) throw new Error(`Migrating failed; see ${folders.log}.`)

  say('Starting the API and its workers …')
  const url = `http://127.0.0.1:${ports.api}`
  const api = run('the API', 'apps/api/src/main.ts', [], stopMs)
  await untilReady(api, url)

  if (!existsSync(folders.seeded)) {
    say('Writing the demo accounts …')
    const seed = run('the demo accounts', 'tools/dev/seed/main.ts', [url, `http://127.0.0.1:${ports.mail}`])
    // A failure is told, and tried again at the next start. Once written, what people delete stays deleted.
    if ((await seed.exited) === 0) writeFileSync(folders.seeded, '')
  }
  say(welcome(settings, performance.now() - began))
  return { exited: api.exited, endOfLog: () => endOfLog(folders.log, 5) }
}
