import type {
  AnalysisStatus,
  ConsentState,
  CriterionScore,
  InterviewQuestion,
  InterviewReview,
  InterviewStatus,
  Quote,
  ReviewedQuestion,
} from '@cenopie/interviews-contract'
import type { SpeechMeasures } from '../domain/speech-measures.ts'
import { inForce, weightedMean } from '../domain/scoring.ts'
import { accommodationOf } from './accommodations.ts'
import { stepsOf } from './answer-steps.ts'
import type { Prisma } from './client.ts'
import type { AnalysisStep, Answer, Score, Take, Transcript } from './generated/client.ts'
import type { Reader } from './interview-row.ts'
import { alternativeProcess } from './link-view.ts'
import type { ScoreRow } from './overrides.ts'
import { storedQuestions } from './questions.ts'
import { recordingOf, takeOfAnswer, transcriptOf } from './spoken-answer.ts'
import { summaryOf, visibleTo, withUnscored } from './summaries.ts'

type ScoredAnswer = Answer & { scores: Score[]; transcript: Transcript | null; steps: AnalysisStep[] }

/** One interview with everything its company may read, or undefined when it is not the reader's. */
export async function findReview(
  prisma: Prisma,
  id: string,
  reader: Reader,
  now: Date,
): Promise<InterviewReview | undefined> {
  const row = await prisma.interview.findFirst({
    where: { id, ...visibleTo(reader) },
    include: {
      ...withUnscored,
      templateVersion: true,
      accommodation: true,
      humanReview: true,
      takes: { orderBy: { number: 'asc' } },
      answers: { include: { scores: true, transcript: true, steps: true } },
    },
  })
  if (!row) return undefined
  const summary = summaryOf(row, now)
  const questions = storedQuestions(row.templateVersion?.questions ?? [])
  // Nobody reads half-written answers: they are the candidate's until submitted.
  const answers = new Map(row.submittedAt ? row.answers.map((answer) => [answer.questionId, answer]) : [])
  return {
    ...summary,
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
    ...(row.humanReview === null
      ? {}
      : { humanReview: row.humanReview.outcome === null ? ('open' as const) : ('resolved' as const) }),
    ...(row.accommodation === null ? {} : { accommodation: accommodationOf(row.accommodation) }),
    questions: questions.map((question) => {
      const answer = answers.get(question.id)
      return answer ? reviewed(question, answer, row.takes, summary.status) : { question }
    }),
  }
}

function reviewed(
  question: InterviewQuestion,
  answer: ScoredAnswer,
  takes: readonly Take[],
  status: InterviewStatus,
): ReviewedQuestion {
  const take = takeOfAnswer(takes, answer)
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
      ...(take === undefined ? {} : { recording: recordingOf(take) }),
      ...(answer.transcript === null ? {} : { transcript: transcriptOf(answer.transcript) }),
      ...(answer.transcript?.measures == null
        ? {}
        : { measures: answer.transcript.measures as unknown as SpeechMeasures }),
      steps: stepsOf(answer, answer.steps, take, status),
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
