import { Fault } from '@cenopie/platform-contract'
import { interviewFaults, type CandidateStatus, type InterviewStatus } from '@cenopie/interviews-contract'

/** As stored; `expired` is not: it follows from the clock. */
export type StoredStatus = Exclude<InterviewStatus, 'expired'>

/** Takes answers until the deadline. */
export const open = ['invited', 'in-progress'] as const satisfies StoredStatus[]
/** Submitted and not decided: people score it and decide. */
export const reviewable = [
  'submitted',
  'human-review',
  'analysed',
  'analysis-failed',
] as const satisfies StoredStatus[]
/** The analysis may run. */
export const analysable = ['submitted', 'analysis-failed'] as const satisfies StoredStatus[]

export interface Standing {
  status: StoredStatus
  deadline: Date | null
}

export function isOneOf<T extends string>(status: string, group: readonly T[]): status is T {
  return (group as readonly string[]).includes(status)
}

export function statusAt({ status, deadline }: Standing, now: Date): InterviewStatus {
  return isOneOf(status, open) && deadline !== null && deadline <= now ? 'expired' : status
}

const told: Record<InterviewStatus, CandidateStatus> = {
  waiting: 'invited',
  invited: 'invited',
  'in-progress': 'in-progress',
  expired: 'expired',
  submitted: 'submitted',
  'human-review': 'submitted',
  analysed: 'submitted',
  'analysis-failed': 'submitted',
  decided: 'decided',
  cancelled: 'cancelled',
}

/** What the candidate is told: nothing of how far reviewers or analysis are. */
export function candidateStatusAt(standing: Standing, now: Date): CandidateStatus {
  return told[statusAt(standing, now)]
}

/** @throws Fault unless the interview takes answers now */
export function requireOpen(standing: Standing, now: Date): void {
  const status = statusAt(standing, now)
  if (status === 'cancelled') throw new Fault(interviewFaults.cancelled)
  if (status === 'expired') throw new Fault(interviewFaults.deadlinePassed)
  if (!isOneOf(status, open)) throw new Fault(interviewFaults.alreadySubmitted)
}
