import type { Actor } from '@cenopie/platform-contract'

/** Beyond this many the oldest verdict is forgotten. */
const remembered = 10_000

/** Tokens that were verified, until they expire: to check a signature again takes longer than a small request. */
export class Verdicts<A extends Actor> {
  readonly #known = new Map<string, { actor: A; expires: number }>()

  /** Whom a known token names; `expired` once it has. */
  find(token: string): A | 'expired' | undefined {
    const known = this.#known.get(token)
    if (!known) return undefined
    if (known.expires > Date.now()) return known.actor
    this.#known.delete(token)
    return 'expired'
  }

  /** `expires` in epoch milliseconds. */
  remember(token: string, actor: A, expires: number): void {
    if (this.#known.size >= remembered) this.#known.delete(this.#known.keys().next().value ?? '')
    this.#known.set(token, { actor, expires })
  }
}
