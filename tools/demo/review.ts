import type { InterviewReview } from '@cenopie/interviews-contract'
import { good, heading, line, muted, paragraph, strong } from './terminal.ts'

type Answer = NonNullable<InterviewReview['questions'][number]['answer']>
type Score = Answer['analysis']['scores'][number]

/** The recruiter's view: every question with its scores, each score with its reasons and quotes. */
export function printReview(review: InterviewReview): void {
  heading(`The recruiter's view: ${review.candidateName} for ${review.title} at ${review.companyName}`)
  const [first] = review.questions.flatMap(({ answer }) => answer ?? [])
  const { analyst, model, promptVersion } = first?.analysis ?? {}
  line(
    `Overall ${review.overall?.toFixed(2)} of 4 ${muted(`(${analyst}, ${model}, prompt ${promptVersion})`)}`,
  )
  line(`Decision: ${strong(review.decision ?? 'none')}. ${review.decisionReason ?? ''}`)
  for (const [at, { question, answer }] of review.questions.entries()) {
    line()
    paragraph(`${at + 1}. ${question.prompt}`, 0, strong)
    if (!answer) continue
    paragraph(answer.analysis.summary ?? '', 3, muted)
    for (const score of answer.analysis.scores) printScore(score, answer.text)
  }
}

function printScore({ name, score, rationale, quotes }: Score, answer: string): void {
  line()
  line(`   ${'●'.repeat(score)}${muted('○'.repeat(4 - score))}  ${strong(name)} ${score} of 4`)
  paragraph(rationale, 9)
  for (const { text, start, end } of quotes) {
    const literal = answer.slice(start, end) === text
    paragraph(`“${text}”`, 9, muted)
    line(`         ${literal ? good(`✓ literally in the answer, ${start}–${end}`) : 'not in the answer'}`)
  }
}
