import { z } from 'zod'
import { decision, interview } from './facts.ts'
import { template, text } from './template.ts'

/** To the candidate. The explanation is read on the platform: mail is no place for an evaluation of a person. */
export const humanReviewResolved = template({
  type: 'human-review-resolved',
  facts: interview.extend({ outcome: z.enum(['upheld', 'changed']), decision: decision.optional() }),
  inApp: ({ title, companyName, ...answer }) => ({
    title: `${companyName} answered your request for a human review`,
    body: `Your interview for ${title}: ${meaning(answer)}`,
  }),
  mail: ({ title, companyName, ...answer }) => ({
    subject: `Your human review: ${title} at ${companyName}`,
    preheader: `${companyName} answered your request.`,
    blocks: [
      text(`A person at ${companyName} looked again at your interview for ${title}: ${meaning(answer)}`),
      text('Their explanation is with the interview, among your interviews.'),
    ],
  }),
})

interface Answer {
  outcome: 'upheld' | 'changed'
  decision?: 'advance' | 'reject' | undefined
}

function meaning({ outcome, decision }: Answer): string {
  if (outcome === 'upheld') return decision ? 'the decision stands.' : 'the decision is still to come.'
  return decision === 'advance'
    ? 'the decision was changed, and you are to go on. They will be in touch.'
    : 'the decision was changed, and you are not to go on.'
}
