import { z } from 'zod'
import { interview } from './facts.ts'
import { template, text } from './template.ts'

/** To the company. Scores stay on the platform: mail is no place for an evaluation of a person. */
export const interviewAnalysed = template({
  type: 'interview-analysed',
  facts: interview.extend({ unscored: z.int().optional() }),
  inApp: ({ candidateName, title, unscored }) => ({
    title: `The interview of ${candidateName} for ${title} is analysed`,
    body: summary(unscored),
  }),
  mail: ({ candidateName, title, unscored }) => ({
    subject: `Interview analysed: ${candidateName} for ${title}`,
    preheader: summary(unscored),
    blocks: [
      text(`The interview of ${candidateName} for ${title} is analysed.`),
      text('Scores with quotes from the answers are ready for your review. The decision is yours.'),
      ...(unscored === undefined ? [] : [text(`${left(unscored)} The overall score does not cover that.`)]),
    ],
  }),
})

function summary(unscored: number | undefined): string {
  const ready = 'Scores and quotes are ready for your review.'
  return unscored === undefined ? ready : `${ready} ${left(unscored)}`
}

function left(unscored: number): string {
  return unscored === 1
    ? 'One answer could not be scored by software: please listen to it yourselves.'
    : `${unscored} answers could not be scored by software: please listen to them yourselves.`
}
