import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDashboard } from '../queues/dashboard.ts'
import type { Operator } from '../queues/operator.ts'
import { readTopology } from '../topology/topology.ts'
import { startChild } from './child.ts'
import { claim } from './claim.ts'
import { postgres, redis } from './databases.ts'
import { generate } from './generate.ts'
import { startMail } from './mail.ts'
import { startMonolith, type Platform } from './monolith.ts'
import { programsForRecordings } from './programs.ts'
import { requireFreePorts, titles } from './ports.ts'
import { baseDatabase, foldersOf, monolith, processPorts, services, type Settings } from './settings.ts'
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
export async function launch(options: Launch): Promise<Platform> {
  const { workspace, settings, started, say, signal } = options
  const { ports, dataDir } = settings
  const folders = foldersOf(dataDir)
  const began = performance.now()

  const wanted = portsOf(settings)
  const claimed = claim(folders.launcher)
  started.push('the claim on the data folder', async () => claimed.release())
  await requireFreePorts(wanted, claimed.leftBehind ? 15_000 : 0)

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
    programsForRecordings(say),
  ])
  const prefix = process.env['CENOPIE_REDIS_PREFIX'] || 'cenopie'
  let operator: Promise<Operator> | undefined
  const redisUrl = broker.url
  await part(
    'the queue dashboard',
    startDashboard({
      port: ports.queues,
      redisUrl,
      prefix,
      operator: () => (operator ??= openOperator(settings, database.url, redisUrl)),
    }),
  )
  started.push('the queue operator', async () => (await operator)?.close())

  const servers = { database: database.url, redis: broker.url }
  const told = `DATABASE_URL=${baseDatabase(settings, database.url)}\nREDIS_URL=${redisUrl}\n`
  writeFileSync(settings.serversFile, told, { mode: 0o600 })
  started.push('what commands are told', async () => rmSync(settings.serversFile, { force: true }))
  // What runs apart has to be planned, which loads every module here too.
  const platform =
    settings.topology === monolith
      ? await startMonolith(options, servers)
      : await (await import('./apart.ts')).startApart(options, servers)

  if (!existsSync(folders.seeded)) {
    say('Writing the demo accounts …')
    const args = [platform.url, `http://127.0.0.1:${ports.mail}`]
    const script = join(workspace, 'tools/dev/seed/main.ts')
    const seed = startChild(script, args, { cwd: workspace, env: process.env, log: folders.log })
    started.push('the demo accounts', () => seed.stop(0))
    // A failure is told, and tried again at the next start. Once written, what people delete stays deleted.
    if ((await seed.exited) === 0) writeFileSync(folders.seeded, '')
  }
  say(welcome(settings, platform, performance.now() - began))
  return platform
}

/** Loads every module, so it waits until somebody decides something about a queue. */
async function openOperator(settings: Settings, server: string, redisUrl: string): Promise<Operator> {
  const { openOperator } = await import('../queues/operator.ts')
  const databaseUrl = baseDatabase(settings, server)
  return openOperator({ env: process.env, topology: settings.topology, databaseUrl, redisUrl })
}

/** What must be free. Throws when there is no such topology. */
function portsOf({ topology, ports, databaseUrl, redisUrl }: Settings) {
  const { processes } = readTopology(topology)
  const own = services.filter(
    (service) => !(service === 'postgres' && databaseUrl) && !(service === 'redis' && redisUrl),
  )
  const apart = topology === monolith ? [] : processPorts(ports.api, processes.length)
  return [
    ...own.map((service) => ({ port: ports[service], title: titles[service] })),
    ...apart.map((port, index) => ({ port, title: processes[index]!.name })),
  ]
}
