import { event, id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { renditionFact } from './file.ts'
import { fileOwner } from './owner.ts'
import { purpose } from './purpose.ts'
import { byteCount, mediaType } from './text.ts'

/** The entity of all of them is the file. */
const fact = { fileId: id, owner: fileOwner, purpose, userId: id.optional(), companyId: id.optional() }

/** All bytes have arrived; nobody has looked at them yet. */
export const uploadCompleted = event('media.upload-completed', 1, z.object({ ...fact, bytes: byteCount }))

/** Everything that its purpose asks for was made. */
export const fileReady = event(
  'media.file-ready',
  1,
  z.object({
    ...fact,
    mediaType,
    bytes: byteCount,
    seconds: z.number().min(0).optional(),
    renditions: z.array(renditionFact).describe('Without the parts of a stream.'),
  }),
)

/** It was refused, or a step failed for good. A retry that succeeds is told as `media.file-ready`. */
export const fileFailed = event(
  'media.file-failed',
  1,
  z.object({ ...fact, code: z.string().max(60), reason: z.string().max(500) }),
)

/** It is gone with all that was made of it: whoever keeps something of it forgets it too. */
export const fileErased = event(
  'media.file-erased',
  1,
  z.object({
    fileId: id,
    owner: fileOwner,
    erasedAt: timestamp,
    removed: z.object({ renditions: z.int().min(0), objects: z.int().min(0), bytes: z.int().min(0) }),
  }),
)
