import { decision, interview } from './facts.ts'
import { template } from './template.ts'

/**
 * To the company. The candidate hears of the decision when it takes effect: the application then advances or is
 * rejected, and one piece of news is one mail.
 */
export const interviewDecided = template({
  type: 'interview-decided',
  facts: interview.extend({ decision }),
  inApp: ({ candidateName, title, decision }) => ({
    title: `Decided: ${candidateName} for ${title}`,
    body: decision === 'advance' ? 'The application goes on to an offer.' : 'The application is rejected.',
  }),
})
