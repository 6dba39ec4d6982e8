import type { InterviewReview } from '@cenopie/interviews-contract'
import { good, heading, line, muted, paragraph, strong } from './terminal.ts'

/** The recruiter's view of a spoken answer: what was said and when, how, and what the score rests on. */
export function printSpoken(review: InterviewReview): void {
  const [reviewed] = review.questions
  const { transcript, measures, recording, analysis } = reviewed?.answer ?? {}
  if (!reviewed || !transcript || !measures || !analysis) throw new Error('the answer was not heard')
  heading('The spoken answer, as the recruiter reads it')
  paragraph(reviewed.question.prompt, 0, strong)
  paragraph(`“${transcript.text}”`, 3)
  const sure =
    transcript.confidence === undefined ? '' : `, ${Math.round(transcript.confidence * 100)} % sure`
  line(muted(`   ${transcript.engine} ${transcript.engineVersion}${sure}`))
  for (const { name, score, quotes } of analysis.scores) {
    line()
    line(`   ${'●'.repeat(score)}${muted('○'.repeat(4 - score))}  ${strong(name)} ${score} of 4`)
    for (const { text, startSeconds, endSeconds } of quotes) {
      paragraph(`“${text}”`, 9, muted)
      line(`         ${good(`✓ said from ${clock(startSeconds)} to ${clock(endSeconds)}`)}`)
    }
  }
  line()
  const { wordsPerMinute = 0, pauses, responseLatencySeconds = 0, fillers } = measures
  const how = [
    `${Math.round(wordsPerMinute)} words a minute`,
    `${pauses.count} pauses, ${pauses.seconds.toFixed(1)} s together`,
    `${responseLatencySeconds.toFixed(1)} s before the first word`,
    `${fillers.count} fillers`,
  ]
  line(`   ${how.join(' · ')} ${muted('(for information, never part of a score)')}`)
  for (const { name, url } of recording?.urls ?? []) line(`   ${muted(name.padEnd(14))}${url}`)
}

function clock(seconds = 0): string {
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`
}
