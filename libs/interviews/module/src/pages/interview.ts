import type { CandidateInterview } from '@cenopie/interviews-contract'
import { html, htmlPage, type Html } from '@cenopie/platform-runtime'

type Question = CandidateInterview['questions'][number]

const told: Record<CandidateInterview['status'], string> = {
  invited: 'You can answer here, in writing, whenever it suits you. Nothing is sent until you submit.',
  'in-progress': 'What you saved is kept; you can close this page and go on later with the same link.',
  submitted: 'You have submitted your answers. Thank you! The company will get back to you.',
  decided: 'This interview is over: the company has taken its decision.',
  expired: 'The deadline has passed, so answers can no longer be changed or submitted.',
  cancelled: 'This interview was cancelled.',
}

/** One form, so that no button loses what stands in another field. `note` says what the last button did. */
export function interviewPage(view: CandidateInterview, note?: string): string {
  const open = view.status === 'invited' || view.status === 'in-progress'
  const questions = view.questions.map((question, at) =>
    (open ? field : reading)(question, String(at + 1), view.language),
  )
  return htmlPage(
    `Interview: ${view.title}`,
    note === undefined ? html`` : html`<p role="status"><strong>${note}</strong></p>`,
    html`<p>${view.companyName} invites you, ${view.candidateName}, to an interview for ${view.title}.</p>
      <p>Deadline: <time datetime="${view.deadline}">${when(view.deadline)}</time>. ${told[view.status]}</p>`,
    html`<form method="post" enctype="multipart/form-data">
      <input type="hidden" name="version" value="${view.consent.version}" />
      ${consent(view, open)}
      <h2>Questions</h2>
      ${questions} ${open ? submitting : html``}
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

/** The line break that a text area begins with is not part of its value. */
function field(question: Question, number: string, language: string): Html {
  if (question.prompt === '') return unseen(question, number)
  if (!question.modes.includes('text')) return aloud(question, number, language)
  const name = `answer${number}`
  return html`<label for="${name}" lang="${language}" class="lines">${number}. ${question.prompt}</label>
    <p id="${name}-help" class="small lines">${help(question)}</p>
    <textarea
      id="${name}"
      name="${name}"
      lang="${language}"
      rows="8"
      maxlength="${String(question.maxCharacters)}"
      aria-describedby="${name}-help"
    >
${question.answer}</textarea>`
}

/** A question with a limit: reading it starts its time. */
function unseen({ thinkSeconds, maxSeconds, modes }: Question, number: string): Html {
  const minutes = (seconds: number) => `${Math.ceil((seconds / 60) * 10) / 10} minutes`
  const limit = modes.includes('text') ? thinkSeconds + maxSeconds : thinkSeconds
  return html`<h3>${number}. A question with a limit of time</h3>
    <p>
      From when you see it, you have ${minutes(limit)} ${modes.includes('text') ? 'to answer' : 'to begin'}.
    </p>
    <p><button name="then" value="show-${number}">Show this question now</button></p>`
}

/** What is recorded needs a camera and a page that can use it, which this one cannot. */
function aloud({ prompt, guidance, takes }: Question, number: string, language: string): Html {
  const recorded = takes.some(({ status }) => status === 'ready' || status === 'uploaded')
  return html`<h3 lang="${language}" class="lines">${number}. ${prompt}</h3>
    <p lang="${language}" class="lines">${guidance}</p>
    <p>
      ${recorded ? 'Your recording has arrived.' : 'The company asks for a recording, which you make in the app.'}
      If you would rather write, you may, without any disadvantage.
    </p>
    <p><button name="then" value="answer-in-writing">Answer in writing</button></p>`
}

function reading({ prompt, answer }: Question, number: string, language: string): Html {
  return html`<h3 lang="${language}" class="lines">${number}. ${prompt}</h3>
    <p lang="${language}" class="lines">${answer === '' ? '–' : answer}</p>`
}

function help({ guidance, required, maxCharacters }: Question): string {
  const limit = `${required ? 'Required' : 'Optional'}, at most ${maxCharacters} characters.`
  return guidance === '' ? limit : `${guidance}\n${limit}`
}

const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'UTC',
})

function when(timestamp: string): string {
  return `${format.format(new Date(timestamp))} UTC`
}
