import { defineContract } from '@cenopie/platform-contract'
import { fileErased, fileFailed, fileReady, uploadCompleted } from './events.ts'
import { deleteFile, describeFile, listFiles, retryFile, viewFile, viewUsage } from './files.ts'
import { eraseFiles, getFiles, keepFiles, releaseFiles, signFiles } from './internal.ts'
import { readFile, readRendition, uploads, watchFile } from './streams.ts'
import { grantUpload, requestUpload } from './uploads.ts'

export * from './events.ts'
export * from './faults.ts'
export * from './file.ts'
export { erasureReceipt, type ErasureReceipt } from './internal.ts'
export * from './owner.ts'
export * from './purpose.ts'
export { uploadTicket, type UploadTicket } from './uploads.ts'

/** Files: uploaded piece by piece, checked, made fit to be shown, and removed. */
export const mediaContract = defineContract({
  name: 'media',
  operations: {
    ...{ requestUpload, grantUpload },
    ...{ listFiles, viewFile, describeFile, deleteFile, retryFile, viewUsage },
    ...{ getFiles, signFiles, keepFiles, releaseFiles, eraseFiles },
  },
  streams: { uploads, readFile, readRendition, watchFile },
  events: { uploadCompleted, fileReady, fileFailed, fileErased },
})
