import type { CandidateInterview, CandidateQuestion, Take } from '@cenopie/interviews-contract'
import { html, type Html } from '@cenopie/platform-runtime'
import { answerInWriting } from './alternatives.ts'
import { spokenTime, takesLeftText, takeText } from './wording.ts'

type Question = CandidateInterview['questions'][number]

/** A question that can be answered: to be written, to be recorded, or both. */
export function field(question: Question, number: string, language: string): Html {
  if (question.prompt === '') return unseen(question, number)
  if (isClosed(question)) return html`${reading(question, number, language)} ${closed(question)}`
  if (!isRecorded(question)) {
    const prompt = html`<span lang="${language}">${number}. ${question.prompt}</span>`
    return inWriting(question, number, language, prompt)
  }
  const { openModes, takes } = question
  return html`${heading(question, number, language)}
  ${
    takes.length > 0 || isRecorded({ modes: openModes })
      ? recording(question)
      : html`<p>The time to begin a recording is over.</p>`
  }
  ${
    openModes.includes('text')
      ? inWriting(question, number, language, html`Or answer in writing`)
      : writingInstead(question, language)
  }`
}

/** Nothing can be added to it, and nothing of it is still to arrive. */
function isClosed({ openModes, takes }: Question): boolean {
  return openModes.length === 0 && !takes.some(({ status }) => status === 'begun' || status === 'uploaded')
}

function closed({ answer, takes }: Question): Html {
  return answer !== '' || takes.some(hasArrived)
    ? html`<p>It is answered, and can no longer be changed.</p>`
    : html`<p>It can no longer be answered. You can submit your other answers without it.</p>`
}

function writingInstead({ modes, answer }: Question, language: string): Html {
  if (!modes.includes('text')) {
    return html`<p>If you would rather write, you may, without any disadvantage. ${answerInWriting}</p>`
  }
  return html`<p>The time to answer in writing is over.</p>
    ${answer === '' ? html`` : html`<p lang="${language}" class="lines">${answer}</p>`}`
}

/** Whether camera and microphone work, before it matters. Nothing without the program. */
export function deviceCheck(): Html {
  return html`<h2>Camera and microphone</h2>
    <div class="recording" data-device-check>
      <p>
        Say a sentence, and you are told whether you can be heard and seen. It answers no question, nobody at
        the company gets it, and it is removed at once.
      </p>
      <p data-without-program>It needs a browser that runs scripts.</p>
    </div>`
}

/** To try things out. */
export function practice(question: CandidateQuestion, language: string): Html {
  return html`<h2>Practice</h2>
    <p>
      Nobody at the company hears or sees this, and it is not part of your interview. Try as often as you
      like.
    </p>
    <h3 lang="${language}" class="lines">${question.prompt}</h3>
    <p lang="${language}" class="lines">${question.guidance}</p>
    ${
      isRecorded(question)
        ? recording(question, 'at will')
        : html`<p>It is answered in writing, like the others: there is nothing to try out.</p>`
    }`
}

export function isRecorded({ modes }: Pick<Question, 'modes'>): boolean {
  return modes.some((mode) => mode !== 'text')
}

/** A question that can no longer be answered. */
export function reading({ prompt, answer, takes }: Question, number: string, language: string): Html {
  return html`<h3 lang="${language}" class="lines">${number}. ${prompt}</h3>
    ${takesOf(takes)}
    ${
      answer === '' && takes.length > 0
        ? html``
        : html`<p lang="${language}" class="lines">${answer === '' ? '–' : answer}</p>`
    }`
}

function heading({ prompt, guidance }: Question, number: string, language: string): Html {
  return html`<h3 id="question${number}" tabindex="-1">
      <span lang="${language}" class="lines">${number}. ${prompt}</span>
    </h3>
    <p lang="${language}" class="lines">${guidance}</p>`
}

/** The line break that a text area begins with is not part of its value. */
function inWriting(question: Question, number: string, language: string, label: Html): Html {
  const name = `answer${number}`
  return html`<label for="${name}" class="lines">${label}</label>
    <p id="${name}-help" class="small lines">${help(question)}</p>
    ${question.writeBy === undefined ? html`` : until('Answer by', question.writeBy)}
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
  const written = modes.includes('text')
  const recorded = isRecorded({ modes })
  const limits = [
    ...(recorded ? [`${spokenTime(thinkSeconds)} until you have to begin to record`] : []),
    ...(written ? [`${spokenTime(thinkSeconds + maxSeconds)} to answer in writing`] : []),
  ]
  return html`<h3 id="question${number}" tabindex="-1">${number}. A question with a limit of time</h3>
    <p>From when you see it, you have ${limits.join(', or ')}.</p>
    ${recorded ? html`<p>A recording is at most ${spokenTime(maxSeconds)} long.</p>` : html``}
    <p>
      <button name="then" value="show-${number}" formaction="#question${number}">
        Show this question now
      </button>
    </p>`
}

/** Where the program that records works, if there is one. */
function recording(
  { id, maxSeconds, recordBy, takes, takesLeft, openModes }: CandidateQuestion,
  tries: 'counted' | 'at will' = 'counted',
): Html {
  return html`<div class="recording" data-question="${id}">
    <p>
      A recording is at most ${spokenTime(maxSeconds)} long.
      ${tries === 'counted' ? html`<span data-tries>${takesLeftText(takesLeft)}</span>` : html``}
    </p>
    ${recordBy !== undefined && takes.length === 0 ? until('Begin by', recordBy) : html``} ${takesOf(takes)}
    ${openModes.length === 0 && !takes.some(hasArrived) ? notArrived : html``}
    <p data-without-program>
      To record here, open this page in a browser that runs scripts, on a device with a camera or a
      microphone.
    </p>
  </div>`
}

function hasArrived({ status }: Take): boolean {
  return status === 'uploaded' || status === 'ready'
}

const notArrived = html`<p>If it does not arrive, you can submit your other answers without it.</p>`

/** The program adds how much time is left. */
function until(what: string, timestamp: string): Html {
  const time = `${timestamp.slice(11, 19)} UTC`
  return html`<p data-until="${timestamp}">${what} <time datetime="${timestamp}">${time}</time>.</p>`
}

function takesOf(takes: CandidateQuestion['takes']): Html {
  if (takes.length === 0) return html``
  return html`<ul data-takes>
    ${takes.map((take) => html`<li>${takeText(take)}</li>`)}
  </ul>`
}

function help({ guidance, required, maxCharacters, modes }: Question): string {
  const limit = `${required ? 'Required' : 'Optional'}, at most ${maxCharacters} characters.`
  // Beside a recording it stands above that.
  return guidance === '' || isRecorded({ modes }) ? limit : `${guidance}\n${limit}`
}
