import { interview } from './facts.ts'
import { template, text } from './template.ts'

/** To the company. The candidate's reason stays on the platform. */
export const humanReviewRequested = template({
  type: 'human-review-requested',
  facts: interview,
  inApp: ({ candidateName, title }) => ({
    title: `${candidateName} asks for a human review of the interview for ${title}`,
    body: 'Please look at it again and answer.',
  }),
  mail: ({ candidateName, title }) => ({
    subject: `Human review requested: ${candidateName} for ${title}`,
    preheader: 'Please look at it again and answer.',
    blocks: [
      text(`${candidateName} asks that a person looks again at the interview for ${title}.`),
      text(
        'What they say about it is with the interview. Please read the answers yourselves, and answer the request;',
        'somebody who did not take the decision is best placed to.',
      ),
    ],
  }),
})
