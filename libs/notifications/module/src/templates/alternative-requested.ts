import { z } from 'zod'
import { interview } from './facts.ts'
import { template, text } from './template.ts'

const alternative = z.enum(['more-time', 'in-writing', 'human-process'])

const askedFor: Record<z.output<typeof alternative>, string> = {
  'more-time': 'more time',
  'in-writing': 'to answer in writing',
  'human-process': 'a process without software',
}

const next = (kind: z.output<typeof alternative>) =>
  kind === 'human-process'
    ? 'People alone evaluate it. Please get in touch with them and agree on how.'
    : 'They have it already: there is nothing that you need to do.'

/** To the company. What the candidate says about it stays on the platform. */
export const alternativeRequested = template({
  type: 'alternative-requested',
  facts: interview.extend({ kind: alternative }),
  inApp: ({ candidateName, title, kind }) => ({
    title: `${candidateName} asks for ${askedFor[kind]} in the interview for ${title}`,
    body: next(kind),
  }),
  mail: ({ candidateName, title, kind }) => ({
    subject: `Alternative requested: ${candidateName} for ${title}`,
    preheader: next(kind),
    blocks: [
      text(`${candidateName} asks for ${askedFor[kind]} in the interview for ${title}.`),
      text(next(kind)),
      text('If they say more about it, it is with the interview. Nothing of it may count against them.'),
    ],
  }),
})
