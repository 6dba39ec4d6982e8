import { decision, interview } from './facts.ts'
import { template } from './template.ts'

/** To the company: the application does not move by itself. The candidate reads of it in the answer to their request. */
export const interviewDecisionChanged = template({
  type: 'interview-decision-changed',
  facts: interview.extend({ to: decision }),
  inApp: ({ candidateName, title, to }) => ({
    title: `The decision about ${candidateName} for ${title} was changed`,
    body:
      `The candidate is to ${to === 'advance' ? 'go on' : 'be rejected'}. ` +
      'The application stays where it is until one of you moves it.',
  }),
})
