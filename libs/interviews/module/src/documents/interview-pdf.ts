import type {
  AnswerRecording,
  InterviewExport,
  ReviewedQuestion,
  Scorecard,
} from '@cenopie/interviews-contract'
import { sheet, type Sheet } from './sheet.ts'

type Answer = NonNullable<ReviewedQuestion['answer']>

/** One interview for the file. Its bytes differ with every export: the time stands in it. */
export function interviewPdf(found: InterviewExport): Promise<Buffer> {
  const { interview, exportedAt } = found
  const doc = sheet({
    title: `Interview of ${interview.candidateName}: ${interview.title}`,
    language: 'en',
    footer: `Interview ${interview.id} · exported ${when(exportedAt)} by ${found.exportedBy}`,
  })
  doc.title(`Interview: ${interview.title}`)
  doc.facts([
    ['Candidate', interview.candidateName],
    ['Company', interview.companyName],
    ['Status', interview.status],
    ['Invited', when(interview.createdAt)],
    ['Submitted', when(interview.submittedAt)],
    ['Template version', interview.templateVersion?.toString()],
    ['Overall', mean(interview.overall)],
    ['Overall as scored by software alone', mean(interview.aiOverall)],
    ['Answers that no software could score', interview.unscored?.toString()],
  ])
  accommodationIn(doc, interview.accommodation)
  decisionIn(doc, found)
  doc.heading('Consent to evaluation by software')
  if (found.consents.length === 0) doc.text('None was given: people alone evaluate.')
  for (const { decision, textVersion, at } of found.consents) {
    doc.text(`${when(at)}: ${decision} (text ${textVersion})`)
  }
  doc.heading('Questions and answers')
  interview.questions.forEach((reviewed, at) => questionIn(doc, reviewed, at + 1))
  doc.heading('Scorecards')
  if (found.hiddenScorecards > 0) {
    doc.note(
      `${found.hiddenScorecards} of other reviewers are hidden until the exporter has submitted their own.`,
    )
  }
  const names = namesOf(interview.questions)
  for (const card of found.scorecards) scorecardIn(doc, card, names)
  doc.heading('Audit trail')
  for (const { at, actor, action, after } of found.trail) {
    doc.text(`${when(at)}  ${action}  by ${actor.kind} ${actor.id}`)
    if (after) doc.note(JSON.stringify(after))
  }
  if (!found.trailComplete) doc.note('The trail goes on; read the rest in the application.')
  return doc.finish()
}

function decisionIn(doc: Sheet, { interview, humanReview }: InterviewExport): void {
  doc.heading('Decision')
  if (interview.decision === undefined) doc.text('Not taken yet.')
  doc.facts([
    ['Decision', interview.decision],
    ['Reason', interview.decisionReason],
    ['By', interview.decidedBy],
    ['At', when(interview.decidedAt)],
  ])
  if (!humanReview) return
  doc.subheading('Human review, asked for by the candidate')
  doc.facts([
    ['Asked', when(humanReview.requestedAt)],
    ['Reason', humanReview.reason],
    ['Outcome', humanReview.outcome ?? 'open'],
    ['Explanation', humanReview.explanation],
    ['By', humanReview.resolvedBy],
    ['At', when(humanReview.resolvedAt)],
  ])
}

function questionIn(doc: Sheet, { question, answer }: ReviewedQuestion, number: number): void {
  doc.subheading(`${number}. ${question.prompt}`)
  if (!answer) {
    doc.note('No answer.')
    return
  }
  spokenIn(doc, answer)
  const words = answer.transcript?.text ?? answer.text
  if (words.trim() === '') doc.note(withoutWords(answer.recording))
  else doc.text(words)
  const { analysis } = answer
  for (const { name, weight, score, rationale, quotes, override } of analysis.scores) {
    const inForce = override ? `${override.score} of 4, in place of the software’s ${score}` : `${score} of 4`
    doc.facts([[`${name} (weight ${weight})`, inForce]])
    doc.text(rationale)
    for (const { text, startSeconds, endSeconds } of quotes) {
      doc.note(startSeconds === undefined ? `“${text}”` : `“${text}” (${startSeconds} to ${endSeconds} s)`)
    }
    if (override) doc.note(`Overridden by ${override.by}, ${when(override.at)}: ${override.reason}`)
  }
  if (analysis.analyst !== undefined) {
    const { analyst, model, promptVersion, rubricVersion } = analysis
    doc.note(`Analyst ${analyst}, model ${model}, prompt ${promptVersion}, rubric version ${rubricVersion}`)
  }
}

function withoutWords(recording: AnswerRecording | undefined): string {
  if (recording?.status === 'uploaded' || recording?.status === 'ready') {
    return 'Answered in a recording, without a transcript.'
  }
  return recording?.reason === undefined ? 'No answer.' : `No answer. ${recording.reason}`
}

function accommodationIn(doc: Sheet, asked: InterviewExport['interview']['accommodation']): void {
  if (!asked) return
  doc.heading('What the candidate needs to take part')
  doc.facts([
    ['Asked', when(asked.requestedAt)],
    ['Time', `${asked.timeFactor} times that of others`],
    ['Every answer in writing', asked.inWriting ? 'yes' : 'no'],
    ['A process without software', asked.humanProcess ? 'yes' : 'no'],
    ['Note', asked.note || undefined],
  ])
}

/** Where the answer is a recording: which, how sure its transcript is, and what was measured. */
function spokenIn(doc: Sheet, { recording, transcript, measures }: Answer): void {
  if (recording) {
    const { mode, takeNumber, status, seconds, fileId } = recording
    const length = seconds === undefined ? '' : `, ${seconds} s`
    doc.facts([['Recording', `${mode}, take ${takeNumber}, ${status}${length}, file ${fileId}`]])
  }
  if (transcript) {
    const { engine, engineVersion, confidence, refusal } = transcript
    const sure = confidence === undefined ? '' : `, confidence ${confidence.toFixed(2)}`
    doc.facts([
      ['Transcript', `by ${engine} ${engineVersion}${sure}`],
      ['Not to be relied on, and not scored', refusal?.reason],
    ])
  }
  if (measures) {
    const { wordsPerMinute, pauses, responseLatencySeconds, fillers } = measures
    doc.facts([
      ['Words per minute (for information, never scored)', wordsPerMinute?.toString()],
      ['Pauses', `${pauses.count}, together ${pauses.seconds} s, the longest ${pauses.longestSeconds} s`],
      ['Seconds until the first word', responseLatencySeconds?.toString()],
      ['Sounds of hesitation', fillers.count.toString()],
    ])
  }
}

function scorecardIn(doc: Sheet, card: Scorecard, names: ReadonlyMap<string, string>): void {
  doc.subheading(`Reviewer ${card.reviewerId} (${card.status})`)
  doc.facts([
    ['Recommendation', card.recommendation],
    ...card.scores.map(
      ({ criterionId, score, notes }) =>
        [names.get(criterionId) ?? criterionId, notes ? `${score} of 4. ${notes}` : `${score} of 4`] as const,
    ),
  ])
  if (card.notes !== '') doc.text(card.notes)
}

function namesOf(questions: readonly ReviewedQuestion[]): ReadonlyMap<string, string> {
  return new Map(questions.flatMap(({ question }) => question.criteria.map(({ id, name }) => [id, name])))
}

/** To the minute, in UTC. */
function when(at: string): string
function when(at: string | undefined): string | undefined
function when(at: string | undefined): string | undefined {
  return at === undefined ? undefined : `${at.slice(0, 16).replace('T', ' ')} UTC`
}

function mean(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value} of 4`
}
