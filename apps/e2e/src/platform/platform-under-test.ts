import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseSecret, freshDatabase } from '@cenopie/platform-testing/fresh'
import { startRedis } from '@cenopie/platform-testing/servers'
import type { Exchange } from '../client/client.ts'
import { atRandom, untold, type Stage } from '../journey/stage.ts'
import { startMailServer } from './mail-server.ts'
import { runToEnd } from './node-process.ts'
import { platformProcess, type PlatformProcess } from './platform-process.ts'

export interface PlatformUnderTest extends Stage {
  redisUrl: string
  /** A superuser's. */
  databaseUrl: string
  /** Everything that its processes keep on disk: `media`, and `tmp` for what is temporary. */
  folder: string
  /** Ends the process at once, as a crash would; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts a process on the same databases and waits until it is ready. */
  start(): Promise<void>
  /** Another process on the same databases, not started yet; who asks for it stops it. */
  beside(env: Record<string, string>): Promise<PlatformProcess>
  stop(): Promise<void>
}

/** The platform as a process of its own, on real PostgreSQL, Redis and SMTP of its own. */
export async function platformUnderTest(
  options: { env?: Record<string, string>; observe?: (exchange: Exchange) => void } = {},
): Promise<PlatformUnderTest> {
  const [database, redis, mail, folder] = await Promise.all([
    freshDatabase(),
    startRedis(),
    startMailServer(),
    mkdtemp(join(tmpdir(), 'cenopie-platform-')),
  ])
  const shared = { DATABASE_URL: database.url, CENOPIE_DATABASE_SECRET: databaseSecret }
  await runToEnd('tools/migrate/migrate.ts', ['deploy'], shared)
  const temporary = join(folder, 'tmp')
  await mkdir(temporary)
  const env = {
    ...shared,
    REDIS_URL: redis.url,
    CENOPIE_RATE_LIMIT: '100000',
    CENOPIE_NOTIFICATIONS_SMTP_URL: mail.smtpUrl,
    CENOPIE_MEDIA_FOLDER: join(folder, 'media'),
    TMPDIR: temporary,
  }
  const api = await platformProcess({ ...env, ...options.env })
  await api.start()
  return {
    url: api.url,
    mailbox: mail.mailbox,
    unique: atRandom,
    redisUrl: redis.url,
    databaseUrl: database.url,
    folder,
    step: untold,
    observe: options.observe,
    start: api.start,
    kill: api.kill,
    beside: (own) => platformProcess({ ...env, CENOPIE_PUBLIC_URL: api.url, ...own }),
    async stop() {
      await api.stop()
      await mail.stop()
      await Promise.all([database.close(), redis.stop(), rm(folder, { recursive: true })])
    },
  }
}
