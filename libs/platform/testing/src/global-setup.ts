import type { TestProject } from 'vitest/node'
import { postgresFromEnvironment, redisFromEnvironment } from './servers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's, of the run's one PostgreSQL. */
    postgresUrl: string
    redisUrl: string
  }
}

/** Vitest's global set-up: one PostgreSQL and one Redis for the whole run; test files get their parts of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await Promise.all([postgresFromEnvironment(), redisFromEnvironment()])
  const [postgres, redis] = servers
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis.url)
  return async () => void (await Promise.all(servers.map((server) => server.stop())))
}
