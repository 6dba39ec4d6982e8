import { announcer } from './element.ts'
import type { QuestionRecorder } from './question-recorder.ts'

const stopFirst = 'You are recording: stop first.'
const sendFirst =
  'A recording has not been sent, and what has not arrived is no part of your answers. Press again to submit without it.'

/** Lets nobody leave in the middle of a recording, nor submit without one by mistake. */
export function guardForm(recorders: readonly QuestionRecorder[]): void {
  // A reload asks for the page again instead of sending its form again.
  history.replaceState(null, '', location.href)
  const form = document.querySelector('form')
  if (!form) return
  const alert = announcer('alert')
  form.append(alert)
  let warned = false
  form.addEventListener('submit', (event) => {
    const pending = recorders.map((recorder) => recorder.pending)
    const submits = (event.submitter as HTMLButtonElement | null)?.value === 'submit'
    if (pending.includes('recording')) alert.textContent = stopFirst
    else if (submits && pending.includes('unsent') && !warned) {
      alert.textContent = sendFirst
      warned = true
    } else return
    event.preventDefault()
    alert.scrollIntoView({ block: 'nearest' })
  })
  addEventListener('beforeunload', (event) => {
    if (recorders.some(({ pending }) => pending === 'recording')) event.preventDefault()
  })
}
