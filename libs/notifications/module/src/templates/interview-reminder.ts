import { timestamp } from '@cenopie/platform-contract'
import { interview, words } from './facts.ts'
import { action, code, template, text } from './template.ts'
import { when } from './when.ts'

export const interviewReminder = template({
  type: 'interview-reminder',
  facts: interview.extend({ token: words.optional(), deadline: timestamp }),
  inApp: ({ title, companyName, deadline }) => ({
    title: `Reminder: your interview for ${title} at ${companyName}`,
    body: `It closes on ${when(deadline)}.`,
  }),
  mail: ({ title, companyName, token, deadline }, links) => ({
    subject: `Reminder: your interview for ${title}`,
    preheader: `It closes on ${when(deadline)}.`,
    blocks: [
      text(`Your interview for ${title} at ${companyName} is still open. It closes on ${when(deadline)}.`),
      ...(token === undefined
        ? [text('The personal link is in the invitation; you can get a fresh one among your interviews.')]
        : [action('Open the interview', links.interview(token)), code('Its code is:', token)]),
    ],
  }),
})
