import { submitted } from '@cenopie/interviews-contract'
import { invalid } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { record } from '../data/audit.ts'
import { answersOf, markSubmitted } from '../data/candidate-answers.ts'
import { alternativeProcess } from '../data/link-view.ts'
import { questionsOf } from '../data/postings.ts'
import { isBlank, missingAnswers } from '../domain/answers.ts'
import { mayAnalyse } from '../domain/consent.ts'
import { factsOf, invitedByOf } from '../domain/facts.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import type { AnalyseAnswer } from '../tasks/analyse-answer.ts'
import { candidateOf, lockLinked } from './link-access.ts'
import type { Operations } from './types.ts'

export function submitOperation(
  database: Database,
  outbox: Outbox,
  analyseAnswer: AnalyseAnswer,
): Operations<'submitInterview'> {
  return {
    async submitInterview({ token }, call) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        requireOpen(interview, now)
        const answers = await answersOf(tx, interview.id)
        const missing = missingAnswers(
          await questionsOf(tx, interview),
          new Map(answers.map(({ questionId, text }) => [questionId, text])),
        )
        if (missing.length > 0) throw invalid(...missing)
        // Without consent nothing is ever queued: people alone evaluate.
        const queued = mayAnalyse(interview.consent)
          ? answers.filter(({ text }) => !isBlank(text)).map(({ id }) => id)
          : []
        const done = await markSubmitted(tx, interview.id, queued, now)
        for (const answerId of queued) {
          await outbox.enqueue(tx, call, analyseAnswer, { answerId }, { key: answerId })
        }
        const humanReview = queued.length === 0
        await outbox.publish(tx, call, submitted, {
          entity: { id: done.id, version: done.version },
          payload: { ...factsOf(done), ...invitedByOf(done), humanReview },
        })
        await record(tx, {
          interviewId: done.id,
          actor: candidateOf(done),
          action: 'interview.submitted',
          before: { status: interview.status },
          after: { status: done.status, answers: answers.length, consent: done.consent },
          at: now,
        })
        return {
          interviewId: done.id,
          status: 'submitted',
          submittedAt: now.toISOString(),
          alternativeProcess: alternativeProcess(done),
        }
      })
    },
  }
}
