import { application } from './facts.ts'
import { template, text } from './template.ts'

export const applicationHired = template({
  type: 'application-hired',
  facts: application,
  inApp: ({ title, companyName }) => ({ title: `You are hired: ${title} at ${companyName}` }),
  mail: ({ title, companyName }) => ({
    subject: `You are hired: ${title}`,
    preheader: `Congratulations from ${companyName}.`,
    blocks: [
      text(`Congratulations: ${companyName} has hired you as ${title}.`),
      text('They will contact you about the next steps.'),
    ],
  }),
})
