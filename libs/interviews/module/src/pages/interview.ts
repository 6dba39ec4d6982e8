import type { CandidateInterview } from '@cenopie/interviews-contract'
import { html, htmlPage, type Html, type PageProgram } from '@cenopie/platform-runtime'
import { alternatives } from './alternatives.ts'
import { deviceCheck, field, isRecorded, practice, reading } from './question.ts'
import { selfIdentification } from './self-identification.ts'

const told: Record<CandidateInterview['status'], string> = {
  invited: 'You can answer here whenever it suits you. Nothing is sent until you submit.',
  'in-progress': 'What you saved is kept; you can close this page and go on later with the same link.',
  submitted: 'You have submitted your answers. Thank you! The company will get back to you.',
  decided: 'This interview is over: the company has taken its decision.',
  expired: 'The deadline has passed, so answers can no longer be changed or submitted.',
  cancelled: 'This interview was cancelled.',
}

/** One form, so that no button loses what stands in another field. `note` says what the last button did. */
export function interviewPage(view: CandidateInterview, program: PageProgram, note?: string): string {
  const open = view.status === 'invited' || view.status === 'in-progress'
  const questions = view.questions.map((question, at) =>
    (open ? field : reading)(question, String(at + 1), view.language),
  )
  return htmlPage(
    { title: `Interview: ${view.title}`, program },
    note === undefined ? html`` : html`<p role="status"><strong>${note}</strong></p>`,
    html`<p>${view.companyName} invites you, ${view.candidateName}, to an interview for ${view.title}.</p>
      <p>Deadline: <time datetime="${view.deadline}">${when(view.deadline)}</time>. ${told[view.status]}</p>`,
    html`<form method="post" enctype="multipart/form-data">
      <input type="hidden" name="version" value="${view.consent.version}" />
      ${consent(view, open)} ${open ? alternatives(view) : html``}
      ${open && view.questions.some(isRecorded) ? deviceCheck() : html``}
      ${open && view.practice ? practice(view.practice, view.language) : html``}
      <h2>Questions</h2>
      ${questions} ${open ? submitting : html``} ${view.status === 'cancelled' ? html`` : selfIdentification}
    </form>`,
  )
}

const submitting = html`<p>
    <button name="then" value="save">Save and go on later</button>
    <button name="then" value="submit">Submit all answers</button>
  </p>
  <p class="small">Answers cannot be changed once they are submitted.</p>`

function consent({ consent: { state, text } }: CandidateInterview, open: boolean): Html {
  return html`<h2>Evaluation with the help of AI</h2>
    <p class="lines">${text}</p>
    ${choice(state, open)}`
}

function choice(state: CandidateInterview['consent']['state'], open: boolean): Html {
  const peopleAlone = 'People alone evaluate your answers.'
  switch (state) {
    case 'given':
      return html`<p>You have consented.</p>
        <button name="then" value="withdraw-consent">Withdraw my consent</button>`
    case 'declined':
      return html`<p>You have declined. ${peopleAlone}</p>`
    case 'withdrawn':
      return html`<p>You have withdrawn your consent. ${peopleAlone}</p>`
    case 'none':
      return open
        ? html`<p>You have not decided. If you submit without consent, people alone evaluate your answers.</p>
            <button name="then" value="give-consent">I consent</button>
            <button name="then" value="decline-consent">I decline</button>`
        : html`<p>You have not consented. ${peopleAlone}</p>`
  }
}

const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'UTC',
})

function when(timestamp: string): string {
  return `${format.format(new Date(timestamp))} UTC`
}
