import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseSecret, freshDatabase } from '@cenopie/platform-testing/fresh'
import { freePort, startRedis } from '@cenopie/platform-testing/servers'
import { eventually } from '../client/eventually.ts'
import type { Exchange } from '../client/client.ts'
import { atRandom, type Stage } from '../journey/stage.ts'
import { startMailServer } from './mail-server.ts'
import { NodeProcess, runToEnd } from './node-process.ts'

export interface PlatformUnderTest extends Stage {
  redisUrl: string
  /** A superuser's. */
  databaseUrl: string
  /** Ends the process at once, as a crash would; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts a process on the same databases and waits until it is ready. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** The platform as a process of its own, on real PostgreSQL, Redis and SMTP of its own. */
export async function platformUnderTest(
  options: { env?: Record<string, string>; observe?: (exchange: Exchange) => void } = {},
): Promise<PlatformUnderTest> {
  const [database, redis, mail, port, folder] = await Promise.all([
    freshDatabase(),
    startRedis(),
    startMailServer(),
    freePort(),
    mkdtemp(join(tmpdir(), 'cenopie-media-')),
  ])
  const url = `http://127.0.0.1:${port}`
  const shared = { DATABASE_URL: database.url, CENOPIE_DATABASE_SECRET: databaseSecret }
  await runToEnd('tools/migrate/migrate.ts', ['deploy'], shared)
  const env = {
    ...shared,
    REDIS_URL: redis.url,
    CENOPIE_PORT: String(port),
    CENOPIE_PUBLIC_URL: url,
    CENOPIE_RATE_LIMIT: '100000',
    CENOPIE_NOTIFICATIONS_SMTP_URL: mail.smtpUrl,
    CENOPIE_MEDIA_FOLDER: folder,
    ...options.env,
  }
  let api: NodeProcess | undefined

  const start = async () => {
    const starting = new NodeProcess('apps/api/src/main.ts', [], env)
    api = starting
    await eventually('the platform to be ready', async () => {
      if (!starting.running) throw new Error(`The platform did not start:\n${starting.output}`)
      return fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    })
  }
  await start()
  return {
    url,
    mailbox: mail.mailbox,
    unique: atRandom,
    redisUrl: redis.url,
    databaseUrl: database.url,
    step: (_title, work) => work(),
    observe: options.observe,
    start,
    kill: async () => api?.end('SIGKILL'),
    async stop() {
      await api?.end('SIGTERM')
      await mail.stop()
      await Promise.all([database.close(), redis.stop(), rm(folder, { recursive: true })])
    },
  }
}
