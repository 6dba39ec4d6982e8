import type { InterviewQuestion, Scorecard } from '@cenopie/interviews-contract'
import type { FieldError } from '@cenopie/platform-contract'

/** Scores of criteria that the rubric does not have, or has been scored twice. */
export function refuseScores(
  scores: Scorecard['scores'],
  questions: readonly InterviewQuestion[],
): FieldError[] {
  const known = new Set(questions.flatMap((q) => q.criteria.map((c) => `${q.id} ${c.id}`)))
  const seen = new Set<string>()
  return scores.flatMap(({ questionId, criterionId }, at) => {
    const key = `${questionId} ${criterionId}`
    const field = `scores.${at}.criterionId`
    if (!known.has(key)) return [{ field, message: 'is not a criterion of this question' }]
    if (seen.has(key)) return [{ field, message: 'is scored twice' }]
    seen.add(key)
    return []
  })
}

/** Other people's scorecards would anchor a reviewer who has not written their own; a decision ends that. */
export function seesOthers(own: Scorecard | undefined, interviewStatus: string): boolean {
  return own?.status === 'submitted' || interviewStatus === 'decided'
}
