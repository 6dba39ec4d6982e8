import type {
  InterviewQuestion,
  InterviewQuestionInput,
  PracticeQuestion,
  PracticeQuestionInput,
} from '@cenopie/interviews-contract'

/** Gives an id to every question and criterion that has none; those that have one keep it over versions. */
export function withIds(
  questions: readonly InterviewQuestionInput[],
  newId: () => string,
): InterviewQuestion[] {
  return questions.map(({ id, criteria, ...question }) => ({
    id: id ?? newId(),
    ...question,
    criteria: criteria.map(({ id: criterionId, ...criterion }) => ({
      id: criterionId ?? newId(),
      ...criterion,
    })),
  }))
}

/** The same for the practice question. */
export function practiceWithId(
  practice: PracticeQuestionInput | undefined,
  newId: () => string,
): PracticeQuestion | undefined {
  return practice && { ...practice, id: practice.id ?? newId() }
}
