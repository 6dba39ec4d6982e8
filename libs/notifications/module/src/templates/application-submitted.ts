import { application } from './facts.ts'
import { action, template, text } from './template.ts'

/** To the candidate. */
export const applicationSubmitted = template({
  type: 'application-submitted',
  facts: application,
  mail: ({ title, companyName, postingId }, links) => ({
    subject: `Your application at ${companyName}: ${title}`,
    preheader: `${companyName} has received it.`,
    blocks: [
      text(`${companyName} has received your application for ${title}.`),
      text(
        'We write to you whenever its status changes; you can see it among your applications at any time.',
      ),
      action('See the job', links.posting(postingId)),
    ],
  }),
})
