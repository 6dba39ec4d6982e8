import type { Database } from '@cenopie/platform-database'
import type { Schedule } from '@cenopie/platform-outbox'
import { cleanUp } from '../data/cleanup.ts'
import { before, lifetimes } from '../domain/lifetimes.ts'
import { THROTTLE_MEMORY_MS } from '../domain/throttle.ts'
import type { Keyring } from '../tokens/keyring.ts'

/** Often enough to publish a new key well before the old one is to be replaced. */
export function rotateKeys(keyring: Keyring): Schedule {
  return { name: 'rotate-keys', everySeconds: 900, run: () => keyring.rotate(new Date()) }
}

export function forgetTheEnded(database: Database): Schedule {
  return {
    name: 'clean-up',
    everySeconds: 3600,
    run: () => {
      const now = new Date()
      return cleanUp(database, {
        now,
        endedSessions: before(now, lifetimes.endedSession),
        devices: before(now, lifetimes.deviceMemory),
        attempts: before(now, THROTTLE_MEMORY_MS),
      })
    },
  }
}
