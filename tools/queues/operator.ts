import { modulePassword, moduleUrl, openDatabase, type Database } from '@cenopie/platform-database'
import {
  clearFailed,
  fairStates,
  pause,
  queueStates,
  resume,
  retry,
  retryEntry,
  schedulesTask,
  type FairState,
  type QueueState,
  type TaskQueue,
} from '@cenopie/platform-outbox'
import { platformConfig, readConfig, type Environment } from '@cenopie/platform-runtime'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { describedModules, planFor } from '../topology/plan-for.ts'

export interface OperatorOptions {
  env: Environment
  /** Which module is in which database: a file of tools/topology. */
  topology: string
  databaseUrl: string
  /** Asked for when something is to be changed; looking needs PostgreSQL alone. */
  redisUrl: string | undefined
}

/** What an operator may do to the queues of a platform, from a command or a dashboard. */
export interface Operator {
  /** Every task of every module, and what else waits. */
  states(): Promise<QueueState[]>
  /** The accounts in the queue of a task. */
  accounts(task: string): Promise<FairState[]>
  pause(task: string): Promise<void>
  resume(task: string): Promise<void>
  clearFailed(task: string): Promise<number>
  retry(task: string): Promise<{ replayed: number; hastened: number }>
  retryEntry(task: string, id: string): Promise<boolean>
  close(): Promise<void>
}

/** Opens nothing until it is asked. Its methods throw one line on a task that no module has. */
export async function openOperator(options: OperatorOptions): Promise<Operator> {
  const { env, topology, databaseUrl, redisUrl } = options
  const config = readConfig(
    platformConfig.pick({ databaseSecret: true, redisPrefix: true }),
    '',
    env,
    env['CENOPIE_ENV'] === 'production',
  )
  const address = (name: string) => ({ host: name, port: 3000, url: `http://${name}` })
  const site = { publicUrl: '', gateway: true, databaseUrl, redisUrl: '', env: {}, address }
  const { processes } = await planFor(topology, site)
  const databaseOf = new Map(processes.flatMap((at) => at.modules.map((name) => [name, at.databaseUrl])))
  const moduleOf = new Map(
    (await describedModules()).flatMap(({ name, tasks }) =>
      [...tasks, schedulesTask(name)].map((task) => [task.name, name]),
    ),
  )

  const databases = new Map<string, Database>()
  const queues = new Map<string, Queue>()
  let redis: Redis | undefined

  function database(module: string): Database {
    let opened = databases.get(module)
    if (!opened) {
      const password = modulePassword(config.databaseSecret, module)
      const url = moduleUrl(databaseOf.get(module) ?? databaseUrl, module, password)
      opened = openDatabase({ url, schema: module, poolSize: 1 })
      databases.set(module, opened)
    }
    return opened
  }

  function known(task: string): string {
    const module = moduleOf.get(task)
    if (module === undefined)
      throw new Error(`${task} is no task; there are ${[...moduleOf.keys()].toSorted().join(', ')}`)
    return module
  }

  /** Redis is asked once: an operator would rather know than wait. */
  async function taskQueue(task: string): Promise<TaskQueue> {
    const module = known(task)
    if (!redisUrl) throw new Error('REDIS_URL is missing: the Redis that the platform uses')
    if (!redis) {
      const client = new Redis(redisUrl, {
        lazyConnect: true,
        maxRetriesPerRequest: 1,
        retryStrategy: () => null,
      })
      client.on('error', () => undefined)
      await client.connect().catch(() => {
        throw new Error('Redis does not answer; nothing was changed.')
      })
      client.on('end', () => {
        redis = undefined
        queues.clear()
      })
      redis = client
    }
    const queue = queues.get(task) ?? new Queue(task, { connection: redis, prefix: config.redisPrefix })
    queue.on('error', () => undefined)
    queues.set(task, queue)
    return { database: database(module), queue }
  }

  return {
    async states() {
      const modules = [...databaseOf.keys()]
      const found = await Promise.all(modules.map((module) => queueStates(database(module))))
      const idle = [...moduleOf.keys()].map((queue) => ({ ...empty, queue }))
      return [...Map.groupBy([...idle, ...found.flat()], ({ queue }) => queue).values()]
        .map((parts) => parts.reduce(together))
        .toSorted((a, b) => (a.queue < b.queue ? -1 : 1))
    },
    accounts: (task) => fairStates(database(known(task)), task),
    pause: async (task) => pause(await taskQueue(task)),
    resume: async (task) => resume(await taskQueue(task)),
    clearFailed: async (task) => clearFailed(await taskQueue(task)),
    retry: async (task) => retry(await taskQueue(task)),
    retryEntry: async (task, id) => retryEntry(await taskQueue(task), id),
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      redis?.disconnect()
      await Promise.all([...databases.values()].map((opened) => opened.close()))
    },
  }
}

const empty = { pausedAt: null, waiting: 0, active: 0, delayed: 0, failed: 0, oldestSeconds: null }

/** Several publishers feed the queue of a module's reactions. */
function together(a: QueueState, b: QueueState): QueueState {
  const ages = [a.oldestSeconds, b.oldestSeconds].filter((age) => age !== null)
  return {
    queue: a.queue,
    pausedAt: a.pausedAt ?? b.pausedAt,
    waiting: a.waiting + b.waiting,
    active: a.active + b.active,
    delayed: a.delayed + b.delayed,
    failed: a.failed + b.failed,
    oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
  }
}
