/** What has been started; stops in the reverse order, each part even if another fails to. */
export class Stack {
  readonly #parts: { name: string; stop: () => Promise<unknown> }[] = []

  push(name: string, stop: () => Promise<unknown>): void {
    this.#parts.push({ name, stop })
  }

  async stop(onFailure: (name: string, error: unknown) => void): Promise<void> {
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) {
      const { name } = part
      await part.stop().catch((error: unknown) => onFailure(name, error))
    }
  }
}
