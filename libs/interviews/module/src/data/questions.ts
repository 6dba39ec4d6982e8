import {
  answeringDefaults,
  type InterviewQuestion,
  type PracticeQuestion,
} from '@cenopie/interviews-contract'

/** Questions as stored, also by versions that knew written answers alone. */
export function storedQuestions(json: unknown): InterviewQuestion[] {
  const defaults = { ...answeringDefaults, modes: [...answeringDefaults.modes] }
  return (json as Partial<InterviewQuestion>[]).map(
    (question) => ({ ...defaults, ...question }) as InterviewQuestion,
  )
}

export function storedPractice(json: unknown): PracticeQuestion | undefined {
  return (json as PracticeQuestion | null) ?? undefined
}
