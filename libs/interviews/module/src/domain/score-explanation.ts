/** How a score comes about, for candidates (GDPR Art. 15(1)(h), EU AI Act Art. 86). */
export const scoreExplanation = [
  'With your consent, software compared each answer with the criteria of its question and gave each criterion a whole ' +
    'number: 0 no evidence, 1 weak, 2 partial, 3 solid, 4 strong. Beside each number stand its reason and the sentences ' +
    'of your answer that it relied on; sentences that are not literally in your answer were dropped.',
  'The overall score is the mean of all criteria, weighted as the template says. Where a person put another number in ' +
    'place of the software’s, that one counts, and their reason is shown.',
  'A person took, or takes, the decision; no score leads to one by itself. Speech measures, if any, never count.',
  'The versions named with each answer say which software, which model, which instructions and which rubric were used.',
].join('\n\n')
