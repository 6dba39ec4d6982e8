import { join, resolve } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/** The topology of one process, which needs no gateway. */
export const monolith = 'monolith'

/** What `npm start` opens, each on its own port of the loopback interface. */
export const services = ['api', 'mail', 'smtp', 'queues', 'postgres', 'redis'] as const
export type Service = (typeof services)[number]

export interface Settings {
  /** Which processes run which modules: a file of tools/topology. */
  topology: string
  ports: Record<Service, number>
  /** Absolute. */
  dataDir: string
  /** Where commands beside the platform find its servers, whatever the topology. */
  serversFile: string
  /** Set when PostgreSQL or Redis is somebody else's business. */
  databaseUrl: string | undefined
  redisUrl: string | undefined
}

/** The processes of a topology that has several follow the services, after a gap. */
const processOffset = 10
const mostProcesses = 40
/** The highest first port that leaves room for the others. */
const maxPort = 65_535 - processOffset - mostProcesses + 1

/** Every port follows from the first, so two copies need two values of `CENOPIE_PORT` and nothing else. */
export function portsFrom(first: number): Record<Service, number> {
  return Object.fromEntries(services.map((service, offset) => [service, first + offset])) as Settings['ports']
}

/** Ports of the processes behind a gateway on the first port. */
export function processPorts(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + processOffset + index)
}

/** Reads `CENOPIE_PORT` (3000), `CENOPIE_DATA_DIR` (`.data` below `workspace`), `DATABASE_URL` and `REDIS_URL`. */
export function readSettings(env: Environment, workspace: string, topology = monolith): Settings {
  const port = Number(env['CENOPIE_PORT'] || 3000)
  if (!Number.isInteger(port) || port < 1 || port > maxPort)
    throw new Error(`CENOPIE_PORT must be a number from 1 to ${maxPort}, not "${env['CENOPIE_PORT']}".`)
  const dataDir = resolve(workspace, env['CENOPIE_DATA_DIR'] || '.data')
  return {
    topology,
    ports: portsFrom(port),
    // What a module keeps in one topology is elsewhere than in another, so each has its own data.
    dataDir: topology === monolith ? dataDir : join(foldersOf(dataDir).topologies, topology),
    serversFile: foldersOf(dataDir).servers,
    databaseUrl: env['DATABASE_URL'] || undefined,
    redisUrl: env['REDIS_URL'] || undefined,
  }
}

/** The database that processes share, or after which theirs are named: of several, beside PostgreSQL's own. */
export function baseDatabase({ topology, databaseUrl }: Settings, server: string): string {
  if (topology === monolith || databaseUrl !== undefined) return server
  const url = new URL(server)
  url.pathname = '/cenopie'
  return url.href
}

/** The parts of the data folder. Nothing else in it is ours. */
export function foldersOf(dataDir: string) {
  const at = (name: string) => join(dataDir, name)
  return {
    postgres: at('postgresql'),
    redis: at('redis'),
    mail: at('mail'),
    media: at('media'),
    log: at('api.log'),
    seeded: at('seeded'),
    servers: at('servers.env'),
    launcher: at('launcher.pid'),
    /** Of processes that run apart. */
    logs: at('logs'),
    topologies: at('topologies'),
  }
}

/** What the API needs to know about what the launcher started. Whatever the caller set stays. */
export function apiEnvironment(
  env: Environment,
  { ports, dataDir }: Settings,
  servers: { database: string; redis: string },
) {
  return {
    CENOPIE_NOTIFICATIONS_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    CENOPIE_MEDIA_FOLDER: foldersOf(dataDir).media,
    ...env,
    CENOPIE_PORT: String(ports.api),
    DATABASE_URL: servers.database,
    REDIS_URL: servers.redis,
  }
}
