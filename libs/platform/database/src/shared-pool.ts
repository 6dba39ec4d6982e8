import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

const current = new AsyncLocalStorage<{ over: boolean }>()

/** Runs work that nobody waits for: it gets at most half of each pool's connections, so requests find one. */
export async function background<T>(work: () => Promise<T>): Promise<T> {
  const run = { over: false }
  try {
    return await current.run(run, work)
  } finally {
    // What it woke, such as a relay's timer, inherited the context and goes on without being part of it.
    run.over = true
  }
}

type Callback = Parameters<pg.Pool['connect']>[0]

/** A pool of which background work gets half, one connection at least. Whoever comes too late waits, first come, first served. */
export class SharedPool extends pg.Pool {
  readonly #patienceMs: number
  readonly #waiting = new Set<() => void>()
  readonly #lent = new WeakSet<pg.PoolClient>()
  #free: number

  constructor(config: pg.PoolConfig & { max: number; connectionTimeoutMillis: number }) {
    super(config)
    this.#free = Math.max(1, Math.floor(config.max / 2))
    this.#patienceMs = config.connectionTimeoutMillis
    this.on('release', (_error, client) => {
      if (this.#lent.delete(client)) this.#giveBack()
    })
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    const run = current.getStore()
    if (!run || run.over) return callback ? super.connect(callback) : super.connect()
    const connected = this.#lend()
    if (!callback) return connected
    connected.then(
      (client) => callback(undefined, client, (broken) => client.release(broken)),
      (error: Error) => callback(error, undefined, () => undefined),
    )
  }

  async #lend(): Promise<pg.PoolClient> {
    await this.#admission()
    try {
      const client = await super.connect()
      this.#lent.add(client)
      return client
    } catch (error) {
      this.#giveBack()
      throw error
    }
  }

  /** Rejects as the pool itself does when no connection becomes free in time. */
  async #admission(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        clearTimeout(late)
        this.#waiting.delete(admit)
        resolve()
      }
      const late = setTimeout(() => {
        this.#waiting.delete(admit)
        reject(new Error('timeout exceeded when trying to connect'))
      }, this.#patienceMs)
      this.#waiting.add(admit)
    })
  }

  #giveBack(): void {
    const [next] = this.#waiting
    if (next) next()
    else this.#free += 1
  }
}
