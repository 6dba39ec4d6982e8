import type { Ethnicity, Sex } from '@cenopie/interviews-contract'
import { html, type Html } from '@cenopie/platform-runtime'

const notSaid = 'I prefer not to say'

/** What is chosen beforehand comes first: who only looks has said nothing. */
const sexes: Record<Sex, string> = { declined: notSaid, female: 'Female', male: 'Male' }
const ethnicities: Record<Ethnicity, string> = {
  declined: notSaid,
  'hispanic-or-latino': 'Hispanic or Latino',
  white: 'White',
  'black-or-african-american': 'Black or African American',
  'native-hawaiian-or-pacific-islander': 'Native Hawaiian or other Pacific Islander',
  asian: 'Asian',
  'american-indian-or-alaska-native': 'American Indian or Alaska Native',
  'two-or-more-races': 'Two or more races',
}

/** The categories of bias audits. An answer is not shown again: whoever else sees the page learns nothing. */
export const selfIdentification = html`<h2 id="self-identification">About yourself, if you like</h2>
  <p>
    This is voluntary, and is no part of your interview: it serves to find out whether interviews treat
    everybody alike. Nobody at the company sees your answer, only how many people gave which, and no software
    that evaluates you gets it.
  </p>
  <details>
    <summary>Say something about sex and race or ethnicity</summary>
    ${choice('sex', 'Sex', sexes)} ${choice('ethnicity', 'Race or ethnicity', ethnicities)}
    <button name="then" value="identify-myself">Keep my voluntary answer</button>
    <p class="small">A later answer replaces it; “${notSaid}” takes it back. It is not shown here again.</p>
  </details>`

function choice(name: string, label: string, options: Record<string, string>): Html {
  return html`<label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${Object.entries(options).map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>`
}
