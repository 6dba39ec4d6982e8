import { interviewFaults, type RecordedMode } from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import { Fault, type Client } from '@cenopie/platform-contract'
import type { Database, Queryable } from '@cenopie/platform-database'
import { ensureAnswer, markStarted } from '../data/candidate-answers.ts'
import type { OpenQuestion } from '../data/circumstances.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { insertTake } from '../data/takes.ts'
import { answerOwner, practiceOwner } from '../domain/file-owner.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import { recordingLimits } from '../domain/recording-limits.ts'
import { takeExpiry } from '../domain/timing.ts'
import { lockLinked } from './link-access.ts'
import { requireMode, requireQuestion } from './question-access.ts'
import type { Operations } from './types.ts'

interface Begin {
  token: string
  questionId: string
  mode: RecordedMode
  now: Date
}

export function takeOperation(
  database: Database,
  media: Client<typeof mediaContract>,
): Operations<'beginTake'> {
  /** Asked twice: before media is asked for an upload, and when the take is counted, since only that holds a lock. */
  async function requireTake(tx: Queryable, { token, questionId, mode, now }: Begin) {
    const interview = await lockLinked(tx, token, now)
    requireOpen(interview, now)
    const found = await requireQuestion(tx, interview, questionId, now)
    requireMode(found.standing, mode)
    if (found.standing.takesLeft === 0) throw new Fault(interviewFaults.noTakesLeft)
    if (found.standing.over.recording) throw new Fault(interviewFaults.timeOver)
    return { ...found, interview }
  }

  async function ownerOf(tx: Queryable, { practice, question, interview }: Found, now: Date) {
    if (practice) {
      await markStarted(tx, interview.id)
      return practiceOwner(interview.id)
    }
    return answerOwner(await ensureAnswer(tx, interview.id, question.id, now))
  }

  return {
    async beginTake({ token, questionId, mode }, call) {
      const begin = { token, questionId, mode, now: new Date() }
      const asked = await database.transaction(async (tx) => {
        const found = await requireTake(tx, begin)
        return { ...found, owner: await ownerOf(tx, found, begin.now) }
      })
      const limits = limitsOf(asked, begin)
      const { fileId, ticket, uploadUrl, maxBytes } = await media.grantUpload(
        {
          owner: asked.owner,
          companyId: asked.interview.companyId,
          purpose: 'recording',
          ...recordingLimits(mode, limits.maxSeconds),
          expiresAt: limits.expiresAt.toISOString(),
        },
        call,
      )
      return database.transaction(async (tx) => {
        const { interview, standing } = await requireTake(tx, begin)
        const takeNumber = await insertTake(tx, {
          interviewId: interview.id,
          questionId,
          mode,
          fileId,
          begunAt: begin.now,
          expiresAt: limits.expiresAt,
        })
        return {
          takeNumber,
          takesLeft: standing.takesLeft - 1,
          fileId,
          ticket,
          uploadUrl,
          maxSeconds: limits.maxSeconds,
          maxBytes,
          expiresAt: limits.expiresAt.toISOString(),
        }
      })
    },
  }
}

type Found = OpenQuestion & { interview: InterviewRow }

function limitsOf({ standing, interview }: Found, { now }: Begin) {
  const { maxSeconds } = standing.limits
  if (interview.deadline === null) throw new Error(`interview ${interview.id} was opened without a deadline`)
  return {
    maxSeconds,
    expiresAt: takeExpiry(standing.limits, interview.deadline, now),
  }
}
