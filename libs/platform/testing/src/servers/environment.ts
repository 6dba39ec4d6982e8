import { startPostgres, type PostgresOptions } from './postgres.ts'
import { startRedis, type RedisOptions } from './redis.ts'
import type { Server } from './supervise.ts'

type Environment = Record<string, string | undefined>

/** The PostgreSQL that `DATABASE_URL` names, left running by `stop`; without it, one of our own. */
export async function postgresFromEnvironment(
  options: PostgresOptions = {},
  environment: Environment = process.env,
): Promise<Server> {
  return given(environment.DATABASE_URL) ?? startPostgres(options)
}

/** The Redis that `REDIS_URL` names, left running by `stop`; without it, one of our own. */
export async function redisFromEnvironment(
  options: RedisOptions = {},
  environment: Environment = process.env,
): Promise<Server> {
  return given(environment.REDIS_URL) ?? startRedis(options)
}

function given(url: string | undefined): Server | undefined {
  return url ? { url, stop: async () => undefined } : undefined
}
