export { startPostgres, type PostgresOptions } from './servers/postgres.ts'
export { startRedis, type RedisOptions } from './servers/redis.ts'
export { postgresFromEnvironment, redisFromEnvironment } from './servers/environment.ts'
export type { Server } from './servers/supervise.ts'
