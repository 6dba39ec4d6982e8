import assert from 'node:assert/strict'
import type { InterviewReview } from '@cenopie/interviews-contract'

/** Every score has its anchor, and each quote stands where it says it stands, word for word. Throws otherwise. */
export function checkEvidence(review: InterviewReview): void {
  for (const { question, answer } of review.questions) {
    assert(answer, `"${question.prompt}" has no answer`)
    assert.equal(answer.analysis.status, 'done')
    const scored = answer.analysis.scores.map(({ criterionId }) => criterionId)
    assert.deepEqual(scored.toSorted(), question.criteria.map(({ id }) => id).toSorted())
    for (const { name, score, quotes } of answer.analysis.scores) {
      assert(Number.isInteger(score) && score >= 0 && score <= 4, `${name} scores ${score}`)
      for (const { text, start, end } of quotes) assert.equal(answer.text.slice(start, end), text)
    }
  }
  const quotes = review.questions.flatMap(({ answer }) =>
    answer?.analysis.scores.flatMap((score) => score.quotes),
  )
  assert(quotes.length > 0, 'no score is supported by a quote')
}
