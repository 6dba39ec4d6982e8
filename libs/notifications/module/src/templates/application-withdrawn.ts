import { application } from './facts.ts'
import { template } from './template.ts'

/** To the company. */
export const applicationWithdrawn = template({
  type: 'application-withdrawn',
  facts: application,
  inApp: ({ candidateName, title }) => ({ title: `${candidateName} withdrew the application for ${title}` }),
})
