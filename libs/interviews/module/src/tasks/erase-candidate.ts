import { id, task, type TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type TaskHandler } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { interviewsOfCandidate } from '../data/erasure.ts'
import { lockForCandidate } from '../data/interview-row.ts'
import type { Erase } from '../operations/erase.ts'

const payload = z.object({ candidateId: id })
export const eraseCandidate: TaskType<typeof payload> = task('interviews.erase-candidate', payload, {
  attempts: 20,
})

const batch = 50

/** Erases all interviews of a person, each in a transaction of its own: a new run goes on with those that are left. */
export function eraseCandidateHandler(database: Database, erase: Erase): TaskHandler<typeof eraseCandidate> {
  return handle(eraseCandidate, async ({ candidateId }, { call, signal }) => {
    const by = { kind: 'service', id: 'interviews' } as const
    for (;;) {
      const ids = await interviewsOfCandidate(database, candidateId, batch)
      for (const interviewId of ids) {
        signal.throwIfAborted()
        await database.transaction(async (tx) => {
          const interview = await lockForCandidate(tx, interviewId, candidateId)
          if (interview) await erase(tx, call, interview, { cause: 'account', by })
        })
      }
      if (ids.length < batch) return
    }
  })
}
