import { timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { words } from './facts.ts'
import { template, text } from './template.ts'
import { when } from './when.ts'

export const newSignIn = template({
  type: 'new-sign-in',
  facts: z.object({ at: timestamp, address: words.optional(), userAgent: words.optional() }),
  inApp: (facts) => ({ title: 'New sign-in to your account', body: origin(facts) }),
  mail: (facts) => ({
    subject: 'New sign-in to your account',
    preheader: 'From a device we have not seen before.',
    blocks: [
      text('Somebody signed in to your account from a device we have not seen before.'),
      text(origin(facts)),
      text(
        'If this was you, there is nothing to do. If not, change your password and end the other sessions.',
      ),
    ],
  }),
})

function origin({
  at,
  address,
  userAgent,
}: {
  at: string
  address?: string | undefined
  userAgent?: string | undefined
}) {
  const from = address === undefined ? '' : ` from ${address}`
  const using = userAgent === undefined ? '' : ` using ${userAgent}`
  return `On ${when(at)}${from}${using}.`
}
