import type { interviewsContract } from '@cenopie/interviews-contract'
import type { Input } from '@cenopie/platform-contract'

export type Content = Omit<Input<typeof interviewsContract.operations.createTemplate>, 'companyId'>

const criterion = (name: string, weight = 1) => ({
  name,
  description: `Shows ${name.toLowerCase()}.`,
  indicators: ['took responsibility'],
  weight,
})

/** Two questions; the second is optional. */
export const content: Content = {
  name: 'First interview',
  description: 'In writing.',
  language: 'en',
  questions: [
    {
      prompt: 'Tell us about an outage.',
      guidance: 'What you did.',
      maxCharacters: 2000,
      required: true,
      criteria: [criterion('Ownership', 3), criterion('Clarity', 1)],
    },
    {
      prompt: 'Why us?',
      guidance: '',
      maxCharacters: 50,
      required: false,
      criteria: [criterion('Motivation')],
    },
  ],
}
