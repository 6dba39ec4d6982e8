/** Keeps kills apart from requests that would honestly have two effects if their answer were lost. */
export class Gate {
  #inside = 0
  #closed: Promise<void> | undefined
  #emptied: (() => void) | undefined

  /** Does `work` while nothing is killed. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed) await this.#closed
    this.#inside += 1
    try {
      return await work()
    } finally {
      this.#inside -= 1
      if (this.#inside === 0) this.#emptied?.()
    }
  }

  /** Does `work` while nothing passes. One at a time. */
  async close<T>(work: () => Promise<T>): Promise<T> {
    const open = Promise.withResolvers<void>()
    this.#closed = open.promise
    try {
      if (this.#inside > 0) await new Promise<void>((resolve) => (this.#emptied = resolve))
      return await work()
    } finally {
      this.#emptied = undefined
      this.#closed = undefined
      open.resolve()
    }
  }
}
