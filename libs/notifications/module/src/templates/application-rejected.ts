import { application, words } from './facts.ts'
import { quote, template, text } from './template.ts'

export const applicationRejected = template({
  type: 'application-rejected',
  facts: application.extend({ message: words.optional() }),
  inApp: ({ title, companyName }) => ({
    title: `Your application for ${title} was not successful`,
    body: `${companyName} has decided to go on with others.`,
  }),
  mail: ({ title, companyName, message }) => ({
    subject: `Your application for ${title}`,
    preheader: `News from ${companyName}.`,
    blocks: [
      text(
        `Thank you for your interest in ${title} at ${companyName}.`,
        'They have decided to go on with other candidates this time.',
      ),
      ...(message === undefined ? [] : [text(`${companyName} writes:`), quote(message)]),
      text('We wish you success with your next application.'),
    ],
  }),
})
