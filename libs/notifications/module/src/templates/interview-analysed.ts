import { interview } from './facts.ts'
import { template, text } from './template.ts'

/** To the company. Scores stay on the platform: mail is no place for an evaluation of a person. */
export const interviewAnalysed = template({
  type: 'interview-analysed',
  facts: interview,
  inApp: ({ candidateName, title }) => ({
    title: `The interview of ${candidateName} for ${title} is analysed`,
    body: 'Scores and quotes are ready for your review.',
  }),
  mail: ({ candidateName, title }) => ({
    subject: `Interview analysed: ${candidateName} for ${title}`,
    preheader: 'Scores and quotes are ready for your review.',
    blocks: [
      text(`The interview of ${candidateName} for ${title} is analysed.`),
      text('Scores with quotes from the answers are ready for your review. The decision is yours.'),
    ],
  }),
})
