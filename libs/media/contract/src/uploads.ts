import { faults, id, operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { mediaFaults } from './faults.ts'
import { fileOwner } from './owner.ts'
import { purpose } from './purpose.ts'
import { alt, byteCount, filename } from './text.ts'

/** What a tus client needs: it sends `ticket` (and `filename`) as Upload-Metadata when it creates the upload. */
export const uploadTicket = z
  .object({
    fileId: id.describe('The file that the upload becomes.'),
    ticket: z.string().max(4096).describe('Good for one file; send it as Upload-Metadata `ticket`.'),
    uploadUrl: z.string().max(2048).describe('Where a tus 1.0 client creates the upload.'),
    maxBytes: byteCount,
    expiresAt: timestamp.describe('The upload must have begun by then.'),
  })
  .meta({ id: 'UploadTicket' })
export type UploadTicket = z.output<typeof uploadTicket>

export const requestUpload = operation({
  method: 'POST',
  path: '/api/v1/media/uploads/tickets',
  summary: 'Ask to upload a file of your own',
  description:
    'A file that nothing keeps (no profile, post or message shows it) is removed a day after it was uploaded.',
  access: 'user',
  input: { purpose, filename, bytes: byteCount.min(1), alt: alt.default('') },
  output: uploadTicket,
  status: 201,
  sensitive: true,
  faults: [mediaFaults.tooLarge, mediaFaults.quotaExceeded],
})

export const grantUpload = operation({
  method: 'POST',
  path: '/internal/v1/media/uploads/tickets',
  summary: 'Let somebody upload a file for a thing of another module, with or without an account',
  access: 'internal',
  input: {
    owner: fileOwner,
    userId: id.optional(),
    companyId: id.optional().describe('Whose quota it counts against.'),
    purpose,
    maxBytes: byteCount.min(1).optional().describe('Below what the purpose allows.'),
    maxSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .optional()
      .describe('Of a recording; below what the purpose allows.'),
    alt: alt.default(''),
    expiresAt: timestamp,
  },
  output: uploadTicket,
  status: 201,
  sensitive: true,
  faults: [mediaFaults.quotaExceeded, faults.invalidInput],
})
