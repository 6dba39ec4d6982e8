import { faults, id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { profileSummary } from '../profile.ts'

export const getProfileSummary = operation({
  method: 'GET',
  path: '/internal/v1/users/profiles/{userId}/summary',
  summary: 'What to show of a person',
  description: 'Asked on behalf of a user: nobody with a block between the two.',
  access: 'internal',
  input: { userId: id },
  output: profileSummary,
  faults: [faults.notFound],
})

export const getProfileSummaries = operation({
  method: 'POST',
  path: '/internal/v1/users/profile-summaries',
  summary: 'What to show of several people',
  description:
    'In no particular order; left out: who has no profile or, asked on behalf of a user, a block between.',
  access: 'internal',
  input: { userIds: z.array(id).max(200) },
  output: z.object({ items: z.array(profileSummary).max(200) }),
  repeatable: true,
})
