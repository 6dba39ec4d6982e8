import { z } from 'zod'
import { interview } from './facts.ts'
import { template } from './template.ts'

/** To the company. */
export const interviewSubmitted = template({
  type: 'interview-submitted',
  facts: interview.extend({ humanReview: z.boolean() }),
  inApp: ({ candidateName, title, humanReview }) => ({
    title: `${candidateName} submitted the interview for ${title}`,
    body: humanReview
      ? 'Without consent to AI evaluation: please read the answers yourselves.'
      : 'The answers are being analysed.',
  }),
})
