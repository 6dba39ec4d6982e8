import { content, faults, feed, id, protocol } from '@cenopie/platform-contract'
import { z } from 'zod'
import { mediaFaults } from './faults.ts'
import { fileProgress } from './file.ts'

const made = { fileId: id, name: z.string().regex(/^[\w-][\w.-]{0,99}$/) }
const mediaTypes = ['image/*', 'video/*', 'audio/*', 'application/*', 'text/plain']

export const uploads = protocol({
  path: '/api/v1/media/uploads',
  methods: ['OPTIONS', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  name: 'tus 1.0',
  summary: 'Upload a file piece by piece',
  description:
    'Creation needs `ticket` in Upload-Metadata. Whoever knows the address of an upload may continue it. Extensions: ' +
    'creation, creation-with-upload, termination, expiration, checksum.',
  access: 'public',
})

export const readFile = content({
  path: '/api/v1/media/content/{grant}/{fileId}/{name}',
  summary: 'Read what was made of a file, at an address that a file or its owner gave',
  access: 'public',
  input: { grant: z.string().max(100), ...made },
  mediaTypes,
  faults: [faults.notFound, mediaFaults.grantExpired],
})

export const readRendition = content({
  path: '/internal/v1/media/files/{fileId}/{name}',
  summary: 'Read what was made of a file',
  access: 'internal',
  input: made,
  mediaTypes,
  faults: [faults.notFound],
})

export const watchFile = feed({
  path: '/api/v1/media/files/{fileId}/progress',
  summary: 'Follow the processing of a file you uploaded',
  access: 'user',
  input: { fileId: id },
  event: fileProgress,
  faults: [faults.notFound],
})
