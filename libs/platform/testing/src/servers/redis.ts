import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onFreePort } from './free-port.ts'
import { ensureInstalled } from './installed.ts'
import { supervise, type Server } from './supervise.ts'

export interface RedisOptions {
  /** Kept after `stop`. Left out: a temporary folder. */
  dataDir?: string
  /** Left out: a free one. */
  port?: number
  /** Flushes its log every second. Default false: when the system likes. */
  durable?: boolean
  onOutput?: (text: string) => void
}

/** Starts a real Redis on the loopback interface, with its append-only log and `noeviction`, as BullMQ needs it. */
export async function startRedis(options: RedisOptions = {}): Promise<Server> {
  await ensureInstalled({
    command: 'redis-server',
    version: '--version',
    instead: 'or set REDIS_URL to one of your own.',
  })
  const temporary =
    options.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'cenopie-redis-')) : undefined
  const dataDir = options.dataDir ?? temporary ?? ''
  await mkdir(dataDir, { recursive: true })
  const settings = {
    bind: '127.0.0.1',
    dir: dataDir,
    appendonly: 'yes',
    appendfsync: options.durable ? 'everysec' : 'no',
    save: '',
    'maxmemory-policy': 'noeviction',
    // One for each test file.
    databases: '4096',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])

  return onFreePort(options.port, async (port) => {
    const { stop } = await supervise({
      name: 'Redis',
      command: 'redis-server',
      args: ['--port', `${port}`, ...flags],
      ready: /Ready to accept connections/,
      stopSignal: 'TERM',
      temporaryFolder: temporary,
      onOutput: options.onOutput,
    })
    return { url: `redis://127.0.0.1:${port}`, stop }
  })
}
