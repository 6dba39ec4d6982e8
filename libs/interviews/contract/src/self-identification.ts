import { operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { interviewFaults } from './faults.ts'
import { linkFaults, linkRateLimit, token } from './candidate-operations.ts'

/** The categories of the EEO-1 Component 1 report, and the answer of whoever prefers not to say. */
export const sex = z.enum(['female', 'male', 'declined'])
export const ethnicity = z.enum([
  'hispanic-or-latino',
  'white',
  'black-or-african-american',
  'native-hawaiian-or-pacific-islander',
  'asian',
  'american-indian-or-alaska-native',
  'two-or-more-races',
  'declined',
])

export const selfIdentification = z
  .object({ sex, ethnicity, at: timestamp })
  .meta({ id: 'SelfIdentification' })

export const selfIdentificationOperations = {
  identifyMyself: operation({
    method: 'PUT',
    path: '/api/v1/interviews/links/{token}/self-identification',
    summary: 'Tell sex and race or ethnicity, for bias audits alone',
    description:
      'Voluntary, and of no consequence for the interview: nobody who reviews it ever sees the answer, no analyst ' +
      'does, and the company reads only counts. A later answer replaces it; `declined` takes it back.',
    access: 'public',
    input: { token, sex, ethnicity },
    output: selfIdentification,
    faults: [...linkFaults, interviewFaults.cancelled],
    sensitive: true,
    rateLimit: linkRateLimit,
  }),
}

export type Sex = z.output<typeof sex>
export type Ethnicity = z.output<typeof ethnicity>
export type SelfIdentification = z.output<typeof selfIdentification>
