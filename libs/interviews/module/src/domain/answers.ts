import type { InterviewQuestion } from '@cenopie/interviews-contract'
import type { FieldError } from '@cenopie/platform-contract'

/** Characters as people count them closest without a language: Unicode code points. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _character of text) count += 1
  return count
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

interface Answered {
  written: ReadonlyMap<string, string>
  recorded: ReadonlySet<string>
  /** Those that can no longer be answered, so that one missed limit does not keep back all other answers. */
  closed: ReadonlySet<string>
}

/**
 * Required questions without an answer, written or recorded, as fields `answers.<question id>`. They are named by their
 * number: what a question asks is not told before it is shown.
 */
export function missingAnswers(
  questions: readonly Pick<InterviewQuestion, 'id' | 'required'>[],
  { written, recorded, closed }: Answered,
): FieldError[] {
  return questions.flatMap(({ id, required }, at) =>
    !required || closed.has(id) || recorded.has(id) || !isBlank(written.get(id) ?? '')
      ? []
      : [{ field: `answers.${id}`, message: `is required: question ${at + 1}` }],
  )
}
