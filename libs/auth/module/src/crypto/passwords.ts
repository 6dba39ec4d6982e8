import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { waitingLine } from './waiting-line.ts'

/** OWASP Password Storage Cheat Sheet, 2025: Argon2id, 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export interface Passwords {
  /** PHC string, 97 characters. */
  hash(password: string): Promise<string>
  /** Without a hash (no such account) it works as long and is false. */
  verify(hash: string | undefined, password: string): Promise<boolean>
}

/**
 * Hashing costs 19 MiB and some 20 ms of a core each, so only `atOnce` run and `waiting` wait; others are refused
 * as `unavailable` rather than starving the process.
 */
export function createPasswords(atOnce: number, waiting: number): Passwords {
  const inLine = waitingLine(atOnce, waiting)
  const hashOf = (password: string) => inLine(() => hash(password, parameters))
  const nobody = hash(randomBytes(32), parameters)
  return {
    hash: hashOf,
    async verify(known, password) {
      const against = known ?? (await nobody)
      const right = await inLine(() => verify(against, password))
      return right && known !== undefined
    },
  }
}
