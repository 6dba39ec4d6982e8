import { faults, id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { Session } from './types.ts'

export const sessionOperations = {
  listSessions: operation({
    method: 'GET',
    path: '/api/v1/auth/sessions',
    summary: 'Where the signed-in person is signed in, latest first',
    access: 'user',
    input: {},
    output: z.object({ items: z.array(Session).max(100) }),
  }),

  revokeSession: operation({
    method: 'DELETE',
    path: '/api/v1/auth/sessions/{sessionId}',
    summary: 'End one session',
    access: 'user',
    input: { sessionId: id },
    faults: [faults.notFound],
  }),

  revokeOtherSessions: operation({
    method: 'DELETE',
    path: '/api/v1/auth/sessions',
    summary: 'End every session but this one',
    access: 'user',
    input: {},
  }),
} as const
