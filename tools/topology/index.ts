import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@cenopie/platform-testing/servers'
import { Stack } from '../dev/stack.ts'
import { startGateway } from './gateway/start.ts'
import { migratePlan, secretOf } from './migrate.ts'
import { planFor } from './plan-for.ts'
import { TopologyProcess } from './process.ts'
import { readTopology } from './topology.ts'

export { topologyNames } from './topology.ts'
export type { TopologyProcess } from './process.ts'

export interface TopologyOptions {
  /** The name of a file of this folder. */
  topology: string
  /** A superuser's; processes with a database of their own get `<this one's>_<theirs>` on the same server. */
  databaseUrl: string
  redisUrl: string
  smtpUrl: string
  /** Settings beyond those that follow from the topology; each process gets those that it reads. */
  env?: Readonly<Record<string, string | undefined>>
  /** Whether Caddy stands before the processes. Default true; without it there is one process. */
  gateway?: boolean
  /** Of the gateway, then of each process. Default: free ones. */
  ports?: readonly number[]
  /** For logs and the gateway's files. Default: a temporary one, which `stop` removes. */
  folder?: string
}

export interface RunningTopology {
  /** Where clients reach the platform: the gateway. */
  url: string
  processes: ReadonlyMap<string, TopologyProcess>
  stop(): Promise<void>
}

/**
 * Migrates each module in its own database, starts every process of a topology and the gateway before them, and
 * resolves when all are ready. Restarts nothing by itself. What it started is stopped if a step fails. Databases stay.
 */
export async function startTopology(options: TopologyOptions): Promise<RunningTopology> {
  const { topology, databaseUrl, redisUrl, gateway = true } = options
  const count = readTopology(topology).processes.length
  if (!gateway && count > 1) throw new Error(`${topology} has ${count} processes: it needs the gateway.`)
  const [first, ...others] =
    options.ports ?? (await Promise.all(Array.from({ length: count + 1 }, () => freePort())))
  const local = (port: number | undefined) => `http://127.0.0.1:${port}`
  const port = (index: number) => (gateway ? others[index] : first) as number

  const temporary = options.folder ?? (await mkdtemp(join(tmpdir(), 'cenopie-topology-')))
  const env = {
    PATH: process.env['PATH'],
    CENOPIE_NOTIFICATIONS_SMTP_URL: options.smtpUrl,
    CENOPIE_MEDIA_FOLDER: join(temporary, 'media'),
    ...options.env,
  }
  const plan = await planFor(topology, {
    publicUrl: local(first),
    gateway,
    databaseUrl,
    redisUrl,
    address: (_name, index) => ({ host: '127.0.0.1', port: port(index), url: local(port(index)) }),
    env,
  })
  await migratePlan(plan, secretOf(env))

  const started = new Stack()
  const stop = async () => {
    const failures: unknown[] = []
    await started.stop((_name, error) => failures.push(error))
    if (failures.length > 0) throw new AggregateError(failures, `stopping ${topology}`)
  }
  if (options.folder === undefined)
    started.push('the folder', () => rm(temporary, { recursive: true, force: true }))
  try {
    const processes = plan.processes.map((process) => new TopologyProcess(process, temporary))
    started.push('the processes', () => Promise.all(processes.map((process) => process.stop())))
    await Promise.all(processes.map((process) => process.start()))
    if (gateway)
      started.push(
        'the gateway',
        (await startGateway(plan, { port: first as number, folder: temporary })).stop,
      )
    return {
      url: local(first),
      processes: new Map(processes.map((process) => [process.name, process])),
      stop,
    }
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}
