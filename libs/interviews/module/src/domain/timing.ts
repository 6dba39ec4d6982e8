import type { InterviewQuestion } from '@cenopie/interviews-contract'

/** What a slow line or a slow click may add to a limit, seconds. */
const graceSeconds = 15
/** How long after its time a recording may begin to be uploaded, seconds. */
const uploadSeconds = 3600

/** Of a question, in seconds; for one candidate once scaled. */
export type Limits = Pick<InterviewQuestion, 'thinkSeconds' | 'maxSeconds'>

/** The limits of one candidate: `timeFactor` of those of the question, in whole seconds. */
export function limitsFor({ thinkSeconds, maxSeconds }: Limits, timeFactor: number): Limits {
  return {
    thinkSeconds: Math.ceil(thinkSeconds * timeFactor),
    maxSeconds: Math.ceil(maxSeconds * timeFactor),
  }
}

/** A question with a limit is shown by itself, once; what has none can be read beforehand. */
export function isTimed({ thinkSeconds }: Limits): boolean {
  return thinkSeconds > 0
}

/**
 * Until when a question that was shown then may be answered; nothing for one without a limit. Who writes has the time
 * to think and the time that others have to speak.
 */
export function answerableUntil(
  limits: Limits,
  shownAt: Date | undefined,
): { recordBy: Date; writeBy: Date } | undefined {
  if (!isTimed(limits) || !shownAt) return undefined
  const recordBy = after(shownAt, limits.thinkSeconds)
  return { recordBy, writeBy: after(recordBy, limits.maxSeconds) }
}

/** Whether a limit is over, with what is allowed for the line. */
export function isOver(limit: Date, now: Date): boolean {
  return now > after(limit, graceSeconds)
}

/** Until when the upload of a take must have begun: there is time to record it, and none after the deadline. */
export function takeExpiry({ maxSeconds }: Limits, deadline: Date, now: Date): Date {
  const recorded = after(now, maxSeconds + uploadSeconds)
  return recorded < deadline ? recorded : deadline
}

function after(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000)
}
