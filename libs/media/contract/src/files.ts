import { faults, id, operation, page, paging } from '@cenopie/platform-contract'
import { z } from 'zod'
import { mediaFaults } from './faults.ts'
import { file } from './file.ts'
import { alt } from './text.ts'

const own = { access: 'user', faults: [faults.notFound] } as const

export const listFiles = operation({
  method: 'GET',
  path: '/api/v1/media/files',
  summary: 'List the files you uploaded, newest first',
  access: 'user',
  input: paging,
  output: page(file).meta({ id: 'FilePage' }),
})

export const viewFile = operation({
  method: 'GET',
  path: '/api/v1/media/files/{fileId}',
  summary: 'Read a file you uploaded: where its processing stands, and addresses of what was made of it',
  ...own,
  input: { fileId: id },
  output: file,
})

export const describeFile = operation({
  method: 'PATCH',
  path: '/api/v1/media/files/{fileId}',
  summary: 'Say what a file shows, for people who cannot see it',
  ...own,
  input: { fileId: id, alt },
  output: file,
})

export const deleteFile = operation({
  method: 'DELETE',
  path: '/api/v1/media/files/{fileId}',
  summary: 'Delete a file you uploaded, and everything made of it',
  ...own,
  input: { fileId: id },
})

export const retryFile = operation({
  method: 'POST',
  path: '/api/v1/media/files/{fileId}/retry',
  summary: 'Try the failed steps of a file again',
  access: 'user',
  faults: [faults.notFound, mediaFaults.notRetryable],
  input: { fileId: id },
  output: file,
})

export const viewUsage = operation({
  method: 'GET',
  path: '/api/v1/media/usage',
  summary: 'See how much room your files take',
  access: 'user',
  input: {},
  output: z
    .object({ files: z.int().min(0), bytes: z.int().min(0), quotaBytes: z.int().min(0) })
    .meta({ id: 'MediaUsage' }),
})
