import type { CandidateInterview } from '@cenopie/interviews-contract'
import { html, type Html } from '@cenopie/platform-runtime'

/** What a candidate may ask for to take part on equal terms, and what was granted. */
export function alternatives({ accommodation, consent, questions }: CandidateInterview): Html {
  const { timeFactor = 1, inWriting = false, humanProcess = false } = accommodation ?? {}
  const writable = inWriting || questions.every(({ modes }) => modes.includes('text'))
  return html`<h2 id="alternatives">If you need something else</h2>
    <p>
      Ask for it here: it is granted at once, without any disadvantage, and no reason is needed. The company
      is told; nothing of it is part of a score.
    </p>
    ${granted(timeFactor, inWriting, humanProcess)}
    <details>
      <summary>More time, writing instead of speaking, or people instead of software</summary>
      <label for="time-factor">How much time do you need?</label>
      <select id="time-factor" name="timeFactor">
        <option value="1.25">A quarter more</option>
        <option value="1.5" selected>Half as much again</option>
        <option value="2">Twice as much</option>
        <option value="3">Three times as much</option>
      </select>
      <button name="then" value="more-time">Ask for more time</button>
      ${writable ? html`` : html`<p>${answerInWriting}</p>`}
      ${
        humanProcess
          ? html``
          : html`<p>
                A process without software: people alone evaluate, in a way that the company agrees with you.
                ${consent.state === 'given' ? 'It withdraws your consent above.' : ''} That is final for this
                interview.
              </p>
              <button name="then" value="human-process">Ask for people instead of software</button>`
      }
      <label for="note">Is there anything the company should know? (optional)</label>
      <textarea id="note" name="note" rows="3" maxlength="2000"></textarea>
      <p class="small">Sent with what you ask for.</p>
    </details>`
}

export const answerInWriting = html`<button name="then" value="answer-in-writing">Answer in writing</button>`

function granted(timeFactor: number, inWriting: boolean, humanProcess: boolean): Html {
  const given = [
    ...(timeFactor > 1
      ? [html`<li>More time: every limit is ${String(timeFactor)} times as long.</li>`]
      : []),
    ...(inWriting ? [html`<li>You may answer every question in writing.</li>`] : []),
    ...(humanProcess
      ? [html`<li>People alone evaluate your interview. The company will get in touch with you.</li>`]
      : []),
  ]
  return given.length === 0
    ? html``
    : html`<p>You have:</p>
        <ul>
          ${given}
        </ul>`
}
