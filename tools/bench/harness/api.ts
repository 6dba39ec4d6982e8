import { atRandom, startMailServer, untold } from '@cenopie/e2e'
import type { Stage } from '@cenopie/e2e'
import { freePort } from '@cenopie/platform-testing/servers'
import pg from 'pg'
import { runToEnd, startChild, untilReady, type Child } from './child.ts'
import type { Servers } from './servers.ts'

/** The monolith in a process of its own, as it runs in production: logging on, token checks on, pools of five. */
export interface Api extends Child {
  url: string
  /** A superuser's URL of the platform's database. */
  databaseUrl: string
  /** For the journeys of the end-to-end tests. */
  stage: Stage
}

export async function startApi(
  servers: Servers,
  name = 'cenopie',
  env: Record<string, string> = {},
): Promise<Api> {
  const databaseUrl = await migratedDatabase(servers, name)
  const mail = await startMailServer()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = await startChild('apps/api/src/main.ts', {
    ...apiEnvironment(databaseUrl, servers, port),
    CENOPIE_NOTIFICATIONS_SMTP_URL: mail.smtpUrl,
    CENOPIE_REDIS_PREFIX: name,
    ...env,
  })
  await untilReady(child, `${url}/health/ready`)
  return {
    ...child,
    url,
    databaseUrl,
    stage: { url, mailbox: mail.mailbox, unique: atRandom, step: untold },
    async stop() {
      await child.stop()
      await mail.stop()
    },
  }
}

/** What every process of the platform is told here. The limit on requests is not what is measured. */
export function apiEnvironment(databaseUrl: string, servers: Servers, port: number): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    REDIS_URL: servers.redisUrl,
    CENOPIE_PORT: `${port}`,
    CENOPIE_PUBLIC_URL: `http://127.0.0.1:${port}`,
    CENOPIE_RATE_LIMIT: '1000000000',
  }
}

/** Makes a database with every module's schema. */
export async function migratedDatabase(servers: Servers, name = 'cenopie'): Promise<string> {
  const admin = new pg.Client({ connectionString: servers.postgresUrl })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(servers.postgresUrl)
  url.pathname = name
  await runToEnd('tools/migrate/migrate.ts', { DATABASE_URL: url.href }, ['deploy'])
  return url.href
}
