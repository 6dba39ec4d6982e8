import { submitted } from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import { invalid, type CallContext, type Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { record } from '../data/audit.ts'
import { answersOf, markSubmitted, type StoredAnswer } from '../data/candidate-answers.ts'
import { openQuestions, type OpenQuestion } from '../data/circumstances.ts'
import { alternativeProcess } from '../data/link-view.ts'
import { advanceTake, closeTakes, filesUnderWay, type TakeRow } from '../data/takes.ts'
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
  /**
   * The news that a recording has arrived may still be on its way when its candidate submits. Resolves to the files of
   * which a part has arrived.
   */
  async function noteUploads(token: string, call: CallContext): Promise<Set<string>> {
    const fileIds = await filesUnderWay(database, hashToken(token))
    if (fileIds.length === 0) return new Set()
    const { files } = await media.getFiles({ fileIds }, call)
    for (const { id, status } of files) {
      if (status === 'processing' || status === 'ready') await advanceTake(database, id, 'uploaded')
      if (status === 'failed') await advanceTake(database, id, 'failed')
    }
    return new Set(files.filter(({ status }) => status === 'uploading').map(({ id }) => id))
  }

  return {
    async submitInterview({ token }, call) {
      const now = new Date()
      const arriving = await noteUploads(token, call)
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        requireOpen(interview, now)
        const answers = await answersOf(tx, interview.id)
        const questions = await openQuestions(tx, interview, now)
        const spoken = spokenAnswers(
          answers,
          questions.flatMap(({ takes }) => takes),
        )
        const closed = questions.filter((question) => isClosed(question, arriving, now))
        const missing = missingAnswers(
          questions.flatMap(({ question }) => ('required' in question ? [question] : [])),
          {
            written: new Map(answers.map(({ questionId, text }) => [questionId, text])),
            recorded: new Set(spoken.keys()),
            closed: new Set(closed.map(({ question }) => question.id)),
          },
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

/** No way is left to answer it, and no recording of it is arriving. */
function isClosed({ standing, takes }: OpenQuestion, arriving: ReadonlySet<string>, now: Date): boolean {
  const awaited = takes.some(({ fileId, expiresAt }) => arriving.has(fileId) && expiresAt > now)
  return standing.openModes.length === 0 && !awaited
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
