import { application } from './facts.ts'
import { template } from './template.ts'

/** To the company. */
export const applicationReceived = template({
  type: 'application-received',
  facts: application,
  inApp: ({ candidateName, title }) => ({ title: `${candidateName} applied for ${title}` }),
})
