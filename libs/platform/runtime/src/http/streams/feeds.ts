import { Fault, faults } from '@cenopie/platform-contract'

/** Feeds of one reader at once: each holds a connection and whatever its handler listens to. */
const most = 20

/** The feeds of a process: how many each reader has, and how all of them end. */
export class Feeds {
  readonly #readers = new Map<string, number>()
  readonly #over = new AbortController()

  /** Aborts when the process is about to stop. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  /** Takes a place; returns how to give it back. Throws `rate-limited`, or `unavailable` when the process stops. */
  enter(reader: string): () => void {
    if (this.over.aborted) throw new Fault(faults.unavailable, { retryAfter: 1 })
    const count = this.#readers.get(reader) ?? 0
    if (count >= most) {
      throw new Fault(faults.rateLimited, { detail: `At most ${most} feeds at once.`, retryAfter: 15 })
    }
    this.#readers.set(reader, count + 1)
    return () => {
      const left = (this.#readers.get(reader) ?? 1) - 1
      if (left > 0) this.#readers.set(reader, left)
      else this.#readers.delete(reader)
    }
  }

  /** Ends all feeds: their readers come back, to another process. */
  end(): void {
    this.#over.abort()
  }
}
