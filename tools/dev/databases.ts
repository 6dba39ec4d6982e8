import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startPostgres, startRedis } from '@cenopie/platform-testing/servers'
import { Redis } from 'ioredis'
import pg from 'pg'
import { commandOf } from './process.ts'
import { foldersOf, type Settings } from './settings.ts'

export interface Started {
  url: string
  stop: () => Promise<void>
}

/** The PostgreSQL of `DATABASE_URL`, or one of our own with its data in the data folder. */
export async function postgres({ databaseUrl, dataDir, ports }: Settings): Promise<Started> {
  if (databaseUrl !== undefined) return answering(databaseUrl)
  const folder = reachable(foldersOf(dataDir).postgres)
  await clearStalePid(join(folder, 'postmaster.pid'))
  return startPostgres({ dataDir: folder, port: ports.postgres, durable: true })
}

/** The Redis of `REDIS_URL`, or one of our own with its data in the data folder. */
export async function redis({ redisUrl, dataDir, ports }: Settings): Promise<Started> {
  if (redisUrl === undefined)
    return startRedis({ dataDir: foldersOf(dataDir).redis, port: ports.redis, durable: true })
  const client = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    throw new Error(`No Redis answers at REDIS_URL (${hostOf(redisUrl)}): start it, or unset REDIS_URL.`, {
      cause,
    })
  } finally {
    client.disconnect()
  }
  return { url: redisUrl, stop: async () => undefined }
}

async function answering(url: string): Promise<Started> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.end()
  } catch (cause) {
    const reason = cause instanceof pg.DatabaseError ? cause.message : 'no answer'
    const message = `PostgreSQL at DATABASE_URL (${hostOf(url)}): ${reason}. Start it, or unset DATABASE_URL.`
    throw new Error(message, { cause })
  }
  return { url, stop: async () => undefined }
}

/** Without the password. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'not a URL'
}

/**
 * Started by root, PostgreSQL runs as another user, to whom a checkout below a closed folder (/root, a temporary one)
 * is out of reach: then the data lies in /var/lib/cenopie, and `folder` is a link to it.
 */
export function reachable(folder: string): string {
  const entry = lstatSync(folder, { throwIfNoEntry: false })
  if (entry?.isSymbolicLink()) return readlinkSync(folder)
  if (entry || process.getuid?.() !== 0 || isOpen(dirname(folder))) return folder
  const elsewhere = join('/var/lib/cenopie', createHash('sha256').update(folder).digest('hex').slice(0, 16))
  mkdirSync(dirname(elsewhere), { recursive: true })
  chmodSync(dirname(elsewhere), 0o755)
  symlinkSync(elsewhere, folder)
  return elsewhere
}

/** Whether every folder on the way lets anybody pass. */
function isOpen(folder: string): boolean {
  const passes = (statSync(folder).mode & 0o001) !== 0
  return passes && (dirname(folder) === folder || isOpen(dirname(folder)))
}

/**
 * After a kill, `postmaster.pid` names a process that may still be stopping, or by now be somebody else's: PostgreSQL
 * would refuse to start in both cases. Nobody else uses the folder: the launcher has claimed it.
 */
async function clearStalePid(file: string): Promise<void> {
  const deadline = Date.now() + 15_000
  for (let pid = pidIn(file); pid !== undefined; pid = pidIn(file)) {
    if (!/postgres/.test(commandOf(pid))) return rmSync(file, { force: true })
    if (Date.now() > deadline) throw new Error(`PostgreSQL of an earlier run does not stop (process ${pid}).`)
    await pause(100)
  }
}

function pidIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split('\n', 1)[0]) || undefined
  } catch {
    return undefined
  }
}
