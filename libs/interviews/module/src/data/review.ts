import type {
  AnalysisStatus,
  ConsentState,
  CriterionScore,
  InterviewQuestion,
  InterviewReview,
  Quote,
  ReviewedQuestion,
} from '@cenopie/interviews-contract'
import { inForce, weightedMean } from '../domain/scoring.ts'
import type { Prisma } from './client.ts'
import type { Answer, Score } from './generated/client.ts'
import type { Reader } from './interview-row.ts'
import { alternativeProcess } from './link-view.ts'
import type { ScoreRow } from './overrides.ts'
import { summaryOf, visibleTo } from './summaries.ts'

type ScoredAnswer = Answer & { scores: Score[] }

/** One interview with everything its company may read, or undefined when it is not the reader's. */
export async function findReview(
  prisma: Prisma,
  id: string,
  reader: Reader,
  now: Date,
): Promise<InterviewReview | undefined> {
  const row = await prisma.interview.findFirst({
    where: { id, ...visibleTo(reader) },
    include: { templateVersion: true, answers: { include: { scores: true } } },
  })
  if (!row) return undefined
  const questions = (row.templateVersion?.questions ?? []) as unknown as InterviewQuestion[]
  // Nobody reads half-written answers: they are the candidate's until submitted.
  const answers = new Map(row.submittedAt ? row.answers.map((answer) => [answer.questionId, answer]) : [])
  return {
    ...summaryOf(row, now),
    companyName: row.companyName,
    ...(row.invitedBy === null ? {} : { invitedBy: row.invitedBy }),
    ...(row.templateVersion === null
      ? {}
      : { templateId: row.templateVersion.templateId, templateVersion: row.templateVersion.number }),
    consent: {
      state: row.consent as ConsentState,
      ...(row.consentVersion === null ? {} : { version: row.consentVersion }),
      ...(row.consentAt === null ? {} : { decidedAt: row.consentAt.toISOString() }),
    },
    alternativeProcess: alternativeProcess(row),
    ...(row.aiOverall === null ? {} : { aiOverall: row.aiOverall }),
    ...(row.decisionReason === null ? {} : { decisionReason: row.decisionReason }),
    ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
    ...(row.decidedAt === null ? {} : { decidedAt: row.decidedAt.toISOString() }),
    questions: questions.map((question) => reviewed(question, answers.get(question.id))),
  }
}

function reviewed(question: InterviewQuestion, answer: ScoredAnswer | undefined): ReviewedQuestion {
  if (!answer) return { question }
  const mean = weightedMean(
    answer.scores.map(({ score, weight, overrideScore }) =>
      inForce({ score, weight, override: overrideScore }),
    ),
  )
  const scores = question.criteria.flatMap((criterion) => {
    const score = answer.scores.find(({ criterionId }) => criterionId === criterion.id)
    return score
      ? [criterionScoreOf(criterion.name, { ...score, quotes: score.quotes as unknown as Quote[] })]
      : []
  })
  return {
    question,
    answer: {
      id: answer.id,
      text: answer.text,
      analysis: { ...analysisOf(answer), ...(mean === undefined ? {} : { score: mean }), scores },
    },
  }
}

function analysisOf(answer: Answer) {
  return {
    status: answer.analysis as AnalysisStatus,
    attempts: answer.attempts,
    ...(answer.reason === null ? {} : { reason: answer.reason }),
    ...(answer.analyst === null ? {} : { analyst: answer.analyst }),
    ...(answer.model === null ? {} : { model: answer.model }),
    ...(answer.promptVersion === null ? {} : { promptVersion: answer.promptVersion }),
    ...(answer.rubricVersion === null ? {} : { rubricVersion: answer.rubricVersion }),
    ...(answer.summary === null ? {} : { summary: answer.summary }),
    ...(answer.inputTokens === null || answer.outputTokens === null
      ? {}
      : {
          cost: {
            inputTokens: answer.inputTokens,
            outputTokens: answer.outputTokens,
            ...(answer.amountUsd === null ? {} : { amountUsd: answer.amountUsd }),
          },
        }),
    ...(answer.finishedAt === null ? {} : { finishedAt: answer.finishedAt.toISOString() }),
  }
}

export function criterionScoreOf(name: string, row: ScoreRow): CriterionScore {
  const { overrideScore, overrideReason, overrideBy, overrideAt } = row
  return {
    criterionId: row.criterionId,
    name,
    weight: row.weight,
    score: row.score,
    rationale: row.rationale,
    quotes: row.quotes,
    droppedQuotes: row.droppedQuotes,
    ...(overrideScore === null || overrideReason === null || overrideBy === null || overrideAt === null
      ? {}
      : {
          override: {
            score: overrideScore,
            reason: overrideReason,
            by: overrideBy,
            at: overrideAt.toISOString(),
          },
        }),
  }
}
