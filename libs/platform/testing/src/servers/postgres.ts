import { realpath } from 'node:fs/promises'
import { onFreePort } from './free-port.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { clusterPassword, ensureCluster, temporaryFolder } from './postgres-cluster.ts'
import { supervise, type Server } from './supervise.ts'

export interface PostgresOptions {
  /** Kept after `stop`, and made if it is missing. Left out: a temporary folder. */
  dataDir?: string
  /** Left out: a free one. */
  port?: number
  /** Survives a power cut (fsync on). Default false: for tests, a good deal faster. */
  durable?: boolean
  onOutput?: (text: string) => void
}

/** Starts a real PostgreSQL 18 on the loopback interface. `url` is the superuser's, database `postgres`. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Server> {
  const binaries = await postgresBinaries()
  const temporary = options.dataDir === undefined ? await temporaryFolder(binaries) : undefined
  const dataDir = options.dataDir ?? temporary ?? ''
  await ensureCluster(binaries, dataDir)
  const password = await clusterPassword(dataDir)
  const settings = { ...common, ...(options.durable ? {} : forgetful) }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

  return onFreePort(options.port, async (port) => {
    const { stop } = await supervise({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: ['-D', await realpath(dataDir), '-p', `${port}`, ...flags],
      ready: /database system is ready to accept connections/,
      stopSignal: options.durable ? 'INT' : 'QUIT',
      temporaryFolder: temporary,
      user: binaries.user,
      onOutput: options.onOutput,
    })
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop }
  })
}

const common = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // A pool of five for each of a dozen modules, several processes at once.
  max_connections: 300,
  shared_buffers: '128MB',
  jit: 'off',
  lc_messages: 'C',
}

/** For data that nobody misses after a crash. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
