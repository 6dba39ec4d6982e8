import { timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { interview, words } from './facts.ts'
import { action, code, template, text } from './template.ts'
import { when } from './when.ts'

export const interviewInvited = template({
  type: 'interview-invited',
  facts: interview.extend({ token: words, deadline: timestamp, modes: z.array(words).optional() }),
  inApp: ({ title, companyName, deadline }) => ({
    title: `${companyName} invites you to an interview for ${title}`,
    body: `Please answer until ${when(deadline)}. Your personal link is in your mail.`,
  }),
  mail: ({ title, companyName, token, deadline, modes }, links) => ({
    subject: `${companyName} invites you to an interview: ${title}`,
    preheader: `Please answer until ${when(deadline)}.`,
    blocks: [
      text(`${companyName} would like to know more about you and invites you to an interview for ${title}.`),
      text(`You answer${how(modes)} whenever it suits you, until ${when(deadline)}.`),
      action('Open the interview', links.interview(token)),
      code('The link is personal: please do not pass it on. Its code is:', token),
      text(
        'Before you begin you are asked whether your answers may be evaluated with the help of AI.',
        'Either answer is fine: if you decline, people alone evaluate them.',
      ),
    ],
  }),
})

/** Nothing where an older event does not say it. */
function how(modes: readonly string[] = []): string {
  if (modes.length === 0) return ''
  if (modes.every((mode) => mode === 'text')) return ' in writing,'
  const recordings = modes.includes('video')
    ? 'recordings with camera or microphone'
    : 'recordings with your microphone'
  return modes.includes('text')
    ? ` in writing or in ${recordings}, as each question says,`
    : ` in ${recordings},`
}
