import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { requeueSteps } from '../data/analysis-steps.ts'
import { countAnswers, requeue, setStatus } from '../data/analysis.ts'
import { auditActor, record } from '../data/audit.ts'
import { summaryOf } from '../data/summaries.ts'
import { analysable, isOneOf } from '../domain/lifecycle.ts'
import type { Pipeline } from '../tasks/pipeline.ts'
import { lockManaged } from './authorise.ts'
import type { Operations } from './types.ts'

export function retryOperation(database: Database, pipeline: Pipeline): Operations<'retryAnalysis'> {
  return {
    async retryAnalysis({ interviewId, answerId }, call) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockManaged(tx, interviewId, call.actor)
        const possible = isOneOf(interview.status, analysable) && (await requeue(tx, interviewId, answerId))
        if (!possible) throw new Fault(interviewFaults.notFailed)
        await requeueSteps(tx, answerId)
        await pipeline.goOn(tx, call, { answerId, companyId: interview.companyId })
        await record(tx, {
          interviewId,
          actor: auditActor(call.actor),
          action: 'analysis.retried',
          after: { answerId },
          at: now,
        })
        const stillFailed = await countAnswers(tx, interviewId, ['failed'])
        return summaryOf(stillFailed > 0 ? interview : await setStatus(tx, interviewId, 'submitted'), now)
      })
    },
  }
}
