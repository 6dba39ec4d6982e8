import { interview } from './facts.ts'
import { template, text } from './template.ts'

/** To the company. The technical reason is for operators and stays out. */
export const interviewAnalysisFailed = template({
  type: 'interview-analysis-failed',
  facts: interview,
  inApp: ({ candidateName, title }) => ({
    title: `The interview of ${candidateName} for ${title} could not be analysed`,
    body: 'The answers are safe. You can start the analysis again or evaluate them yourself.',
  }),
  mail: ({ candidateName, title }) => ({
    subject: `Interview not analysed: ${candidateName} for ${title}`,
    preheader: 'The answers are safe; the analysis needs another try.',
    blocks: [
      text(`The interview of ${candidateName} for ${title} could not be analysed.`),
      text('The answers are safe. You can start the analysis again or evaluate them yourself.'),
    ],
  }),
})
