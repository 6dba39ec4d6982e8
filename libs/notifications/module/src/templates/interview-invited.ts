import { timestamp } from '@cenopie/platform-contract'
import { interview, words } from './facts.ts'
import { action, code, template, text } from './template.ts'
import { when } from './when.ts'

export const interviewInvited = template({
  type: 'interview-invited',
  facts: interview.extend({ token: words, deadline: timestamp }),
  inApp: ({ title, companyName, deadline }) => ({
    title: `${companyName} invites you to an interview for ${title}`,
    body: `Please answer until ${when(deadline)}. Your personal link is in your mail.`,
  }),
  mail: ({ title, companyName, token, deadline }, links) => ({
    subject: `${companyName} invites you to an interview: ${title}`,
    preheader: `Please answer until ${when(deadline)}.`,
    blocks: [
      text(`${companyName} would like to know more about you and invites you to an interview for ${title}.`),
      text(`You answer in writing, whenever it suits you, until ${when(deadline)}.`),
      action('Open the interview', links.interview(token)),
      code('The link is personal: please do not pass it on. Its code is:', token),
      text(
        'Before you begin you are asked whether your answers may be evaluated with the help of AI.',
        'Either answer is fine: if you decline, people alone evaluate them.',
      ),
    ],
  }),
})
