import type { AnalysisStep, InterviewStatus, TakeStatus } from '@cenopie/interviews-contract'
import { speechSteps, type StepRow } from './analysis-steps.ts'

interface Scored {
  analysis: string
  attempts: number
  reason: string | null
  finishedAt: Date | null
}

const ofTake: Record<TakeStatus, AnalysisStep['status']> = {
  begun: 'waiting',
  uploaded: 'running',
  ready: 'done',
  failed: 'failed',
  erased: 'done',
}

/**
 * Where an answer stands. Each step is told by whoever knows it: the recording by its take, the scoring by its answer,
 * the report by the interview.
 */
export function stepsOf(
  answer: Scored,
  rows: readonly StepRow[],
  take: { status: TakeStatus; reason: string | null } | undefined,
  interview: InterviewStatus,
): AnalysisStep[] {
  // People alone review it, and nothing is on its way.
  const ended = answer.analysis === 'cancelled' || answer.analysis === 'none'
  const speech = speechSteps.map((step): AnalysisStep => {
    const row = rows.find((one) => one.step === step)
    if (!row) return { step, status: ended ? 'cancelled' : 'waiting' }
    const status = row.status as AnalysisStep['status']
    return {
      step,
      status: ended && (status === 'waiting' || status === 'running') ? 'cancelled' : status,
      attempts: row.attempts,
      ...(row.reason === null ? {} : { reason: row.reason }),
      ...(row.startedAt === null ? {} : { startedAt: row.startedAt.toISOString() }),
      ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt.toISOString() }),
    }
  })
  const recorded: AnalysisStep[] = take
    ? [
        {
          step: 'recording',
          status: ofTake[take.status],
          ...(take.reason === null ? {} : { reason: take.reason }),
        },
        ...speech,
      ]
    : []
  return [...recorded, scoringOf(answer), { step: 'report', status: reportOf(interview, ended) }]
}

function scoringOf({ analysis, attempts, reason, finishedAt }: Scored): AnalysisStep {
  return {
    step: 'scoring',
    status: scoring(analysis, reason),
    attempts,
    ...(reason === null ? {} : { reason }),
    ...(finishedAt === null ? {} : { finishedAt: finishedAt.toISOString() }),
  }
}

function scoring(analysis: string, reason: string | null): AnalysisStep['status'] {
  if (analysis === 'queued') return 'waiting'
  if (analysis === 'none') return reason === null ? 'cancelled' : 'refused'
  return analysis as 'running' | 'done' | 'failed' | 'cancelled'
}

function reportOf(interview: InterviewStatus, ended: boolean): AnalysisStep['status'] {
  if (interview === 'analysed') return 'done'
  if (interview === 'human-review' || interview === 'cancelled') return 'cancelled'
  if (interview === 'decided') return ended ? 'cancelled' : 'done'
  return 'waiting'
}
