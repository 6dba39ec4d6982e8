import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'
import type { Lock, Locker } from '@tus/utils'
import { giveLock, leaseSeconds, renewLock, takeLock } from '../data/upload-locks.ts'
import { tusErrors } from './tus-error.ts'

const renewalMilliseconds = 1000
const pollMilliseconds = 100
/** Longer than a lease: whoever waits sees a killed process's lock end. */
const patienceMilliseconds = (leaseSeconds + 5) * 1000

/**
 * One request at a time writes to an upload, in whatever process: a lease in the upload's row. A lease and not an
 * advisory lock, since an upload lasts longer than a connection may be held. Whoever holds it hears once a second
 * that another waits, and gives way: its client has come back on a new connection.
 */
export function uploadLocker(database: Database, log: Logger): Locker {
  return { newLock: (id) => uploadLock(database, log, id) }
}

function uploadLock(database: Database, log: Logger, id: string): Lock {
  const owner = randomUUID()
  let renewal: NodeJS.Timeout | undefined
  return {
    async lock(signal, giveWay) {
      const until = Date.now() + patienceMilliseconds
      for (;;) {
        const taken = await takeLock(database, id, owner)
        // A row that is not there yet: the upload is being created, under an id that nobody else knows.
        if (taken === 'unknown') return
        if (taken === 'taken') break
        if (Date.now() > until || signal.aborted) throw tusErrors.locked()
        await sleep(pollMilliseconds)
      }
      let renewed = Date.now()
      renewal = setInterval(() => {
        renewLock(database, id, owner).then(
          (lease) => {
            renewed = Date.now()
            if (!lease || lease.wanted) void giveWay()
          },
          (error: unknown) => {
            log.warn({ err: error, upload: id }, 'upload lease')
            if (Date.now() - renewed > (leaseSeconds * 1000) / 2) void giveWay()
          },
        )
      }, renewalMilliseconds)
    },
    async unlock() {
      if (renewal === undefined) return
      clearInterval(renewal)
      renewal = undefined
      await giveLock(database, id, owner)
    },
  }
}
