import { Redis } from 'ioredis'
import { startPostgres, startRedis, type Server } from '@cenopie/platform-testing/servers'

/** PostgreSQL and Redis of our own, for all runs. One run at a time: faults empty the whole Redis. */
export interface Servers {
  /** A superuser's. */
  postgresUrl: string
  redisUrl: string
  stop(): Promise<void>
}

export async function startServers(): Promise<Servers> {
  const started: Server[] = []
  const stop = async () => void (await Promise.all(started.map((server) => server.stop())))
  const kept = async (starting: Promise<Server>) => {
    const server = await starting
    started.push(server)
    return server
  }
  try {
    const [postgres, redis] = await Promise.all([kept(startPostgres()), kept(startRedis())])
    return { postgresUrl: postgres.url, redisUrl: redis.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** All that Redis knows: what waits in it, of an earlier run too, is in PostgreSQL or done. */
export async function emptyRedis(url: string): Promise<void> {
  const redis = new Redis(url)
  await redis.flushall()
  redis.disconnect()
}
