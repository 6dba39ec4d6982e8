import { defineContract, id, operation, timestamp } from '@cenopie/platform-contract'
import { defineModule } from '@cenopie/platform-runtime'
import type { CallContext } from '@cenopie/platform-contract'
import { z } from 'zod'

const note = z.object({
  id,
  author: z.object({ id, name: z.string() }),
  tags: z.array(z.string()),
  writtenAt: timestamp,
  stars: z.int(),
  text: z.string(),
})

export const echoContract = defineContract({
  name: 'echo',
  operations: {
    read: operation({
      method: 'GET',
      path: '/internal/v1/echo/notes/{noteId}',
      summary: 'A note',
      access: 'internal',
      input: { noteId: id },
      output: note,
    }),
    repeat: operation({
      method: 'POST',
      path: '/internal/v1/echo/repeat',
      summary: 'The note that was sent',
      access: 'internal',
      input: { note },
      output: z.object({ note }),
      repeatable: true,
    }),
  },
  events: {},
})

/** Does nothing, so that what is left is the call. */
export const repeat = async ({ note }: typeof input, _call: CallContext) => ({ note })

export const echo = defineModule({
  contract: echoContract,
  prisma: new URL('../no-migrations/', import.meta.url),
  start: () => ({
    operations: { repeat, read: async ({ noteId }) => ({ ...input.note, id: noteId }) },
  }),
})

/** 1 kB as JSON. */
export const input = {
  note: {
    id: '0199f0a0-0000-7000-8000-000000000001',
    author: { id: '0199f0a0-0000-7000-8000-000000000002', name: 'Grace' },
    tags: ['interview', 'backend', 'remote'],
    writtenAt: '2026-01-01T12:00:00.000Z',
    stars: 5,
    text: 'She measures before and after. '.repeat(26),
  },
}
