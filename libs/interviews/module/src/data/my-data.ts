import type {
  AnalysisStatus,
  ConsentState,
  InterviewQuestion,
  MyInterviewData,
  Quote,
} from '@cenopie/interviews-contract'
import { candidateStatusAt } from '../domain/lifecycle.ts'
import { scoreExplanation } from '../domain/score-explanation.ts'
import type { SpokenWord } from '../domain/transcript.ts'
import { accommodationOf } from './accommodations.ts'
import type { Prisma } from './client.ts'
import { deviceCheckOf, type DeviceCheckRow } from './device-checks.ts'
import type { Answer, Score, Transcript } from './generated/client.ts'
import { humanReviewOf } from './human-reviews.ts'
import { storedQuestions } from './questions.ts'
import { criterionScoreOf } from './review.ts'
import { standingOf } from './summaries.ts'

type StoredAnswer = Answer & { scores: Score[]; transcript: Transcript | null }

/** What the interview's own tables keep about its candidate. Undefined when it is not theirs. */
export async function findMyData(
  prisma: Prisma,
  id: string,
  candidateId: string,
  now: Date,
): Promise<MyInterviewData | undefined> {
  const row = await prisma.interview.findFirst({
    where: { id, candidateId, templateVersionId: { not: null } },
    include: {
      templateVersion: true,
      answers: { include: { scores: true, transcript: true } },
      consents: { orderBy: { at: 'asc' }, take: 100 },
      takes: { orderBy: { begunAt: 'asc' }, take: 500 },
      deviceChecks: { orderBy: { begunAt: 'asc' } },
      humanReview: true,
      accommodation: true,
      _count: { select: { scorecards: { where: { status: 'submitted' } } } },
    },
  })
  if (!row) return undefined
  const questions = storedQuestions(row.templateVersion?.questions ?? [])
  return {
    interviewId: row.id,
    applicationId: row.applicationId,
    companyName: row.companyName,
    title: row.title,
    candidateName: row.candidateName,
    status: candidateStatusAt(standingOf(row), now),
    invitedAt: row.createdAt.toISOString(),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
    ...(row.templateVersion === null ? {} : { templateVersion: row.templateVersion.number }),
    consents: row.consents.map(({ decision, textVersion, at }) => ({
      decision: decision as ConsentState,
      textVersion,
      at: at.toISOString(),
    })),
    answers: questions.flatMap((question) => {
      const answer = row.answers.find(({ questionId }) => questionId === question.id)
      return answer ? [answerOf(question, answer)] : []
    }),
    recordings: row.takes.map(({ questionId, fileId, number, mode, status, begunAt }) => ({
      questionId,
      fileId,
      take: number,
      mode,
      status,
      begunAt: begunAt.toISOString(),
      urls: [],
    })),
    deviceChecks: row.deviceChecks.map((check) => deviceCheckOf(check as DeviceCheckRow)),
    ...(row.accommodation === null ? {} : { accommodation: accommodationOf(row.accommodation) }),
    ...(row.overall === null ? {} : { overall: row.overall }),
    ...(row.aiOverall === null ? {} : { aiOverall: row.aiOverall }),
    scorecards: row._count.scorecards,
    ...(row.decision === null || row.decidedAt === null
      ? {}
      : {
          decision: {
            decision: row.decision as 'advance' | 'reject',
            by: 'person' as const,
            at: row.decidedAt.toISOString(),
          },
        }),
    ...(row.humanReview === null ? {} : { humanReview: humanReviewOf(row.humanReview, row) }),
    explanation: scoreExplanation,
  }
}

function answerOf(question: InterviewQuestion, answer: StoredAnswer): MyInterviewData['answers'][number] {
  const { transcript } = answer
  return {
    questionId: question.id,
    question: question.prompt,
    text: answer.text,
    ...(transcript === null ? {} : transcriptOf(transcript)),
    ...(!transcript?.measures ? {} : { measures: transcript.measures as never }),
    savedAt: answer.savedAt.toISOString(),
    analysis: {
      status: answer.analysis as AnalysisStatus,
      ...(answer.analyst === null ? {} : { analyst: answer.analyst }),
      ...(answer.model === null ? {} : { model: answer.model }),
      ...(answer.promptVersion === null ? {} : { promptVersion: answer.promptVersion }),
      ...(answer.rubricVersion === null ? {} : { rubricVersion: answer.rubricVersion }),
      ...(answer.finishedAt === null ? {} : { finishedAt: answer.finishedAt.toISOString() }),
      ...(answer.summary === null ? {} : { summary: answer.summary }),
      scores: question.criteria.flatMap(({ id, name }) => {
        const score = answer.scores.find(({ criterionId }) => criterionId === id)
        return score ? [scoreOf(name, score)] : []
      }),
    },
  }
}

/** Of a person's override the candidate reads what and why, not who: the company answers for it. */
function scoreOf(name: string, row: Score) {
  const { override, ...score } = criterionScoreOf(name, { ...row, quotes: row.quotes as unknown as Quote[] })
  if (!override) return score
  return { ...score, override: { score: override.score, reason: override.reason, at: override.at } }
}

function transcriptOf({ words, confidence, refusalReason }: Transcript) {
  return {
    transcript: (words as unknown as SpokenWord[]).map(({ text }) => text).join(' '),
    ...(confidence === null ? {} : { transcriptConfidence: confidence }),
    ...(refusalReason === null ? {} : { transcriptRefusal: refusalReason }),
  }
}
