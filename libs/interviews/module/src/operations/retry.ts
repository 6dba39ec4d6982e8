import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, type CallContext } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import { requeueSteps } from '../data/analysis-steps.ts'
import { countAnswers, requeue, requeueUnheard, setStatus } from '../data/analysis.ts'
import { auditActor, record } from '../data/audit.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { summaryOf } from '../data/summaries.ts'
import { mayAnalyse } from '../domain/consent.ts'
import { analysable, isOneOf, reviewable } from '../domain/lifecycle.ts'
import type { Pipeline } from '../tasks/pipeline.ts'
import { lockManaged } from './authorise.ts'
import type { Operations } from './types.ts'

export function retryOperation(database: Database, pipeline: Pipeline): Operations<'retryAnalysis'> {
  async function tryAgain(
    tx: Transaction,
    call: CallContext,
    { id, status, consent, companyId }: InterviewRow,
    answerId: string,
  ) {
    const answer = { answerId, companyId }
    if (isOneOf(status, analysable) && (await requeue(tx, id, answerId))) {
      await requeueSteps(tx, answerId)
      await pipeline.goOn(tx, call, answer)
      return true
    }
    const unheard =
      isOneOf(status, reviewable) && mayAnalyse(consent) && (await requeueUnheard(tx, id, answerId))
    if (unheard) await pipeline.awaitRecording(tx, call, answer, true)
    return unheard
  }

  return {
    async retryAnalysis({ interviewId, answerId }, call) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockManaged(tx, interviewId, call.actor)
        if (!(await tryAgain(tx, call, interview, answerId))) throw new Fault(interviewFaults.notFailed)
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
