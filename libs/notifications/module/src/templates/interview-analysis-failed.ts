import { z } from 'zod'
import { interview } from './facts.ts'
import { template, text } from './template.ts'

/** To the company. The technical reason is for operators and stays out. */
export const interviewAnalysisFailed = template({
  type: 'interview-analysis-failed',
  facts: interview.extend({ leftToPeople: z.boolean().optional() }),
  inApp: ({ candidateName, title, leftToPeople }) => ({
    title: `The interview of ${candidateName} for ${title} could not be analysed`,
    body: `The answers are safe. ${next(leftToPeople)}`,
  }),
  mail: ({ candidateName, title, leftToPeople }) => ({
    subject: `Interview not analysed: ${candidateName} for ${title}`,
    preheader: leftToPeople
      ? 'The answers are safe; people evaluate them.'
      : 'The answers are safe; the analysis needs another try.',
    blocks: [
      text(`The interview of ${candidateName} for ${title} could not be analysed.`),
      text(`The answers are safe. ${next(leftToPeople)}`),
    ],
  }),
})

function next(leftToPeople: boolean | undefined): string {
  return leftToPeople
    ? 'Software cannot read any of them well enough to score it: please listen and evaluate them yourselves.'
    : 'You can start the analysis again or evaluate them yourself.'
}
