import { id, operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { mediaFaults } from './faults.ts'
import { fileFacts } from './file.ts'
import { fileOwner } from './owner.ts'

const fileIds = z.array(id).min(1).max(100)

export const getFiles = operation({
  method: 'POST',
  path: '/internal/v1/media/files/facts',
  summary: 'What is known of these files; those that never were are left out',
  access: 'internal',
  repeatable: true,
  input: { fileIds },
  output: z.object({ files: z.array(fileFacts) }).meta({ id: 'FileFactsList' }),
})

/** Addresses of one file. */
export const signedFile = z
  .object({
    fileId: id,
    urls: z.array(z.object({ name: z.string().max(100), url: z.string().max(2048) })),
    expiresAt: timestamp,
  })
  .meta({ id: 'SignedFile' })

export const signFiles = operation({
  method: 'POST',
  path: '/internal/v1/media/files/signed',
  summary: 'Addresses of what was made of these files, for whoever holds them, for a while',
  access: 'internal',
  repeatable: true,
  input: {
    fileIds,
    seconds: z
      .int()
      .min(60)
      .max(7 * 86_400)
      .default(3600),
  },
  output: z.object({ files: z.array(signedFile) }).meta({ id: 'SignedFiles' }),
})

export const keepFiles = operation({
  method: 'POST',
  path: '/internal/v1/media/files/keep',
  summary: 'Something shows these files: they stay. All of them, or none',
  access: 'internal',
  repeatable: true,
  faults: [mediaFaults.filesMissing],
  input: {
    owner: fileOwner,
    fileIds,
    uploadedBy: id
      .optional()
      .describe('Refuses files that this user did not upload: give it for ids that came from them.'),
  },
})

export const releaseFiles = operation({
  method: 'POST',
  path: '/internal/v1/media/files/release',
  summary: 'It shows them no longer: what nothing else keeps is removed a day later',
  access: 'internal',
  repeatable: true,
  input: { owner: fileOwner, fileIds: fileIds.optional().describe('Default: all that it keeps.') },
})

/** Proof of an erasure; holds nothing personal. */
export const erasureReceipt = z
  .object({
    receiptId: id,
    erasedAt: timestamp,
    fileIds: z.array(id).describe('Gone now. What was gone before is not named again.'),
    removed: z.object({
      files: z.int().min(0),
      renditions: z.int().min(0),
      objects: z.int().min(0).describe('In the store, uploads that were not complete among them.'),
      bytes: z.int().min(0).describe('Of those objects.'),
    }),
    shared: z.int().min(0).describe('Files whose bytes stay because another file has the same.'),
  })
  .meta({ id: 'MediaErasureReceipt' })
export type ErasureReceipt = z.output<typeof erasureReceipt>

export const eraseFiles = operation({
  method: 'POST',
  path: '/internal/v1/media/files/erase',
  summary: 'Remove files with all that was made of them, now: of an owner, or these',
  description: 'Of an owner: what was uploaded for it, and what it alone keeps.',
  access: 'internal',
  repeatable: true,
  input: { owner: fileOwner.optional(), fileIds: fileIds.optional() },
  checks: [
    {
      name: 'owner-or-files',
      refuse: ({ owner, fileIds }) =>
        (owner === undefined) === (fileIds === undefined)
          ? { field: 'owner', message: 'give either owner or fileIds' }
          : undefined,
    },
  ],
  output: erasureReceipt,
})
