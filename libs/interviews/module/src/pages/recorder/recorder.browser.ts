/** Lets a candidate record on the page of their interview, which works as a plain form without this. */
import type { CandidateQuestion } from '@cenopie/interviews-contract'
import { viewLink } from './api.ts'
import { showTimeLeft } from './clock.ts'
import { checkDevices } from './device-check.ts'
import { canRecord, recordedModes } from './devices.ts'
import { guardForm } from './guard.ts'
import { keptTakes, type WholeTake } from './kept-takes.ts'
import { questionRecorder, type QuestionRecorder } from './question-recorder.ts'

/** Milliseconds between two looks at what becomes of a recording. */
const lookEvery = 2000

const view = await viewLink()
showTimeLeft()
const kept = await keptTakes(view.id)
const recorders = [...view.questions, ...(view.practice ? [view.practice] : [])].flatMap((question) => {
  const place = document.querySelector<HTMLElement>(`[data-question="${question.id}"]`)
  const options = { question, interviewId: view.id, arrived: () => void keepUpToDate() }
  const take = kept.find((take) => continues(take, question))
  return place ? [questionRecorder({ ...options, place, kept: take })] : []
})
guardForm(recorders)
const check = document.querySelector<HTMLElement>('[data-device-check]')
if (check && canRecord()) void checkDevices(check, recordedModes(view.questions))

/** Whether the server still waits for what a reload, or a browser that went away, has left here. */
function continues({ questionId, ticket, whole }: WholeTake, { id, takes }: CandidateQuestion): boolean {
  const waits = takes.some(({ number, status }) => number === ticket.takeNumber && status === 'begun')
  return questionId === id && waits && whole.size > 0
}

let looking = false
void keepUpToDate()

/** Looks until nothing that has arrived is under way any more. */
async function keepUpToDate(): Promise<void> {
  if (looking) return
  looking = true
  for (let unsettled = true; unsettled;) {
    // While the line is down the page stays as it is.
    const now = await viewLink().catch(() => undefined)
    const questions = now && [...now.questions, ...(now.practice ? [now.practice] : [])]
    if (questions) for (const recorder of recorders) tell(recorder, questions)
    unsettled = !questions || recorders.some((recorder) => recorder.unsettled)
    if (unsettled) await new Promise((resolve) => setTimeout(resolve, lookEvery))
  }
  looking = false
}

function tell(recorder: QuestionRecorder, questions: CandidateQuestion[]): void {
  const question = questions.find(({ id }) => id === recorder.questionId)
  if (question) recorder.update(question)
}
