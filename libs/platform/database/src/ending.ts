import { AsyncLocalStorage } from 'node:async_hooks'
import type { Queryable } from './types.ts'

/** A transaction whose work is done. Its connection goes back to the pool whichever way it ends. */
export interface Finished {
  /** SQL in the transaction. */
  sql: Queryable
  commit(): Promise<void>
  rollback(): Promise<void>
}

const current = new AsyncLocalStorage<Ending>()

/**
 * The transactions of one `endWith`. One that is finished is held open until the code that asked for it has either
 * returned, or waits for something else: a turn of the event loop decides. So nothing of the outside can have seen an
 * effect that is not committed, and no connection is held for longer than computing takes.
 */
class Ending {
  readonly of: Endings
  over = false
  #held: { finished: Finished; settle: () => void } | undefined
  #late: Promise<void> | undefined

  constructor(of: Endings) {
    this.of = of
  }

  hold(finished: Finished): void {
    this.#release()
    const { promise, resolve } = Promise.withResolvers<void>()
    const { uncommitted } = this.of
    uncommitted.add(promise)
    const settle = () => {
      uncommitted.delete(promise)
      resolve()
    }
    const held = { finished, settle }
    this.#held = held
    // Ticks come after every microtask: whoever only passes the result on has returned by then.
    process.nextTick(() => this.#held === held && this.#release())
  }

  /** The transaction that is still held, for the caller to end. */
  take(): Finished | undefined {
    const held = this.#held
    this.#held = undefined
    held?.settle()
    return held?.finished
  }

  /** Resolves when nothing is held any more; rejects when a COMMIT failed. */
  async committed(): Promise<void> {
    this.#release()
    await this.#late
  }

  /** Resolves or rejects as the commits under way do. */
  get late(): Promise<void> | undefined {
    return this.#late
  }

  #release(): void {
    if (!this.#held) return
    const { finished, settle } = this.#held
    this.#held = undefined
    const earlier = this.#late
    this.#late = finished
      .commit()
      .finally(settle)
      .then(() => earlier)
    // Told to whoever asks next.
    this.#late.catch(() => undefined)
  }
}

/** What `endWith` means for one pool. */
export class Endings {
  /** Held, or being committed though their callers went on. */
  readonly uncommitted = new Set<Promise<void>>()

  async run<T>(
    work: () => Promise<T>,
    last: (sql: Queryable | undefined, result: T) => Promise<void>,
  ): Promise<T> {
    const ending = new Ending(this)
    const result = await current.run(ending, work).catch(async (error: unknown) => {
      ending.over = true
      await ending.committed()
      throw error
    })
    ending.over = true
    const finished = ending.take()
    try {
      await ending.committed()
      await last(finished?.sql, result)
    } catch (error) {
      await finished?.rollback()
      throw error
    }
    await finished?.commit()
    return result
  }

  /** Holds a finished transaction if it may turn out to be the last of an `endWith`, else commits it. */
  async end(finished: Finished): Promise<void> {
    const ending = this.#ending()
    if (ending && !ending.over) ending.hold(finished)
    else await finished.commit()
  }

  /**
   * Before anything else is asked of the pool: what callers take for committed is. Undefined when there is nothing to
   * wait for. Not only for the own context: Prisma sends the `findUnique`s of one tick in the context of the first.
   */
  before(): Promise<unknown> | undefined {
    const ending = this.#ending()
    if (this.uncommitted.size === 0) return ending?.late
    return Promise.all(this.uncommitted).then(() => ending?.late)
  }

  #ending(): Ending | undefined {
    const ending = current.getStore()
    return ending?.of === this ? ending : undefined
  }
}

/** For work on behalf of somebody else: what is held is committed before, and it ends with nothing of ours. */
export function apart<T>(work: () => Promise<T>): Promise<T> {
  const ending = current.getStore()
  return ending ? ending.committed().then(() => current.exit(work)) : work()
}
