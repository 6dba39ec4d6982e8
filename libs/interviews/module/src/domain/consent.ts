import type { ConsentState } from '@cenopie/interviews-contract'

export type ConsentDecision = Exclude<ConsentState, 'none'>

/**
 * What the candidate consents to. A new wording needs a new version: the version is kept with each decision.
 * Covers Illinois 820 ILCS 42 (notice, explanation, consent), GDPR Art. 22 and EU AI Act Art. 26(11) (information).
 */
export const consentText = {
  version: '2026-12',
  text: [
    'With your consent, software writes down what you say in recordings, evaluates your answers against the criteria ' +
      'of each question and shows the company a score, a short explanation and the sentences it relied on.',
    'It looks at what you write and say and at nothing else: it does not infer emotions, age, gender, origin or ' +
      'health. How fast or fluently you speak is measured for people to see and never enters a score.',
    'It decides nothing. A person at the company reads your answers, may change every score and takes the decision.',
    'Consent is voluntary. If you decline, people alone evaluate your answers and you have no disadvantage.',
    'You may withdraw your consent at any time through this link; transcripts and scores that exist by then are ' +
      'deleted unless the company has decided already.',
  ].join('\n\n'),
}

/** Only a standing “given” lets software evaluate. */
export function mayAnalyse(state: string): boolean {
  return state === 'given'
}

/**
 * Where a decision leads, or undefined when it comes too late: after “declined” and “withdrawn” no AI evaluates
 * this interview any more, whatever is clicked.
 */
export function nextConsent(state: string, decision: ConsentDecision): ConsentDecision | undefined {
  if (state === decision) return decision
  if (state === 'none') return decision
  if (state === 'given') return 'withdrawn'
  return undefined
}
