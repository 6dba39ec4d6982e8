import { z } from 'zod'
import { template, text } from './template.ts'

export const signUpRepeated = template({
  type: 'sign-up-repeated',
  facts: z.object({}),
  mail: () => ({
    subject: 'You already have an account',
    preheader: 'Somebody tried to sign up with your address.',
    blocks: [
      text(
        'Somebody, perhaps you, tried to sign up to Cenopie with this address.',
        'It has an account already, so nothing was changed.',
      ),
      text('If it was you, sign in; if the password is lost, ask for a new one on the sign-in page.'),
      text('If it was not you, there is nothing to do.'),
    ],
  }),
})
