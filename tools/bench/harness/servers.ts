import { startPostgres, startRedis } from '@cenopie/platform-testing/servers'

/** A PostgreSQL and a Redis for one case. */
export interface Servers {
  /** A superuser's. */
  postgresUrl: string
  redisUrl: string
  stop(): Promise<void>
}

export async function startServers(): Promise<Servers> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    stop: async () => void (await Promise.all([postgres.stop(), redis.stop()])),
  }
}
