import { submitted } from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import { invalid, type CallContext, type Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { record } from '../data/audit.ts'
import { answersOf, markSubmitted, type StoredAnswer } from '../data/candidate-answers.ts'
import { alternativeProcess } from '../data/link-view.ts'
import { questionsOf } from '../data/postings.ts'
import { advanceTake, closeTakes, filesUnderWay, takesOf, type TakeRow } from '../data/takes.ts'
import { isBlank, missingAnswers } from '../domain/answers.ts'
import { mayAnalyse } from '../domain/consent.ts'
import { factsOf, invitedByOf } from '../domain/facts.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import { hashToken } from '../domain/personal-link.ts'
import { takeThatCounts } from '../domain/takes.ts'
import type { Pipeline } from '../tasks/pipeline.ts'
import { candidateOf, lockLinked } from './link-access.ts'
import type { Operations } from './types.ts'

const tooLate = 'It had not been uploaded when the interview was submitted.'

export function submitOperation(
  database: Database,
  outbox: Outbox,
  media: Client<typeof mediaContract>,
  pipeline: Pipeline,
): Operations<'submitInterview'> {
  /** The news that a recording has arrived may still be on its way when its candidate submits. */
  async function noteUploads(token: string, call: CallContext): Promise<void> {
    const fileIds = await filesUnderWay(database, hashToken(token))
    if (fileIds.length === 0) return
    const { files } = await media.getFiles({ fileIds }, call)
    for (const { id, status } of files) {
      if (status === 'processing' || status === 'ready') await advanceTake(database, id, 'uploaded')
      if (status === 'failed') await advanceTake(database, id, 'failed')
    }
  }

  return {
    async submitInterview({ token }, call) {
      const now = new Date()
      await noteUploads(token, call)
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        requireOpen(interview, now)
        const answers = await answersOf(tx, interview.id)
        const spoken = spokenAnswers(answers, await takesOf(tx, interview.id))
        const missing = missingAnswers(
          await questionsOf(tx, interview),
          new Map(answers.map(({ questionId, text }) => [questionId, text])),
          new Set(spoken.keys()),
        )
        if (missing.length > 0) throw invalid(...missing)
        await closeTakes(tx, interview.id, tooLate)
        // Without consent nothing is ever queued: people alone evaluate.
        const queued = mayAnalyse(interview.consent)
          ? answers.filter(({ text, questionId }) => spoken.has(questionId) || !isBlank(text))
          : []
        const ids = queued.map(({ id }) => id)
        const done = await markSubmitted(tx, interview.id, ids, now)
        for (const { id: answerId, questionId } of queued) {
          const answer = { answerId, companyId: done.companyId }
          const take = spoken.get(questionId)
          if (take) await pipeline.awaitRecording(tx, call, answer, take.status === 'ready')
          else await pipeline.goOn(tx, call, answer)
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
          after: {
            status: done.status,
            answers: answers.length,
            recordings: spoken.size,
            consent: done.consent,
          },
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

/** The takes that are answers, by question. */
function spokenAnswers(answers: readonly StoredAnswer[], takes: readonly TakeRow[]): Map<string, TakeRow> {
  const spoken = new Map<string, TakeRow>()
  for (const answer of answers) {
    const { questionId } = answer
    const take = takeThatCounts(
      takes.filter((one) => one.questionId === questionId),
      answer,
    )
    if (take) spoken.set(questionId, take)
  }
  return spoken
}
