import { z } from 'zod'

/** A thing of some module that files belong to: `{ module: 'interviews', kind: 'answer', id }`. */
export const fileOwner = z
  .object({
    module: z.string().regex(/^[a-z][a-z0-9]{1,29}$/),
    kind: z.string().regex(/^[a-z][a-z-]{0,39}$/),
    id: z.string().regex(/^[\w:-]{1,100}$/),
  })
  .meta({ id: 'FileOwner' })
export type FileOwner = z.output<typeof fileOwner>
