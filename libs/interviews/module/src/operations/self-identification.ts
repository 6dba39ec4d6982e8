import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { record } from '../data/audit.ts'
import { findSelfIdentification, saveSelfIdentification } from '../data/self-identification.ts'
import { candidateOf, lockLinked } from './link-access.ts'
import type { Operations } from './types.ts'

export function selfIdentificationOperation(database: Database): Operations<'identifyMyself'> {
  return {
    async identifyMyself({ token, sex, ethnicity }) {
      const at = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, at)
        if (interview.status === 'cancelled') throw new Fault(interviewFaults.cancelled)
        if (!(await saveSelfIdentification(tx, interview, { sex, ethnicity }, at))) {
          const before = await findSelfIdentification(tx, interview.id)
          if (before) return before
        }
        // The company reads the trail: it says that there was an answer, the same for “declined”, and never which.
        await record(tx, {
          interviewId: interview.id,
          actor: candidateOf(interview),
          action: 'self-identification.answered',
          at,
        })
        return { sex, ethnicity, at: at.toISOString() }
      })
    },
  }
}
