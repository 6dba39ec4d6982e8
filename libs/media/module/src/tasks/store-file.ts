import { blobKey, claimBlob, removeUnreferenced } from '../data/blobs.ts'
import { findUploadOfFile } from '../data/uploads.ts'
import { hashOf } from '../uploads/staging.ts'
import type { StepWork } from './step-context.ts'

/**
 * Hashes what was uploaded and moves it into the store, where the same bytes are kept once. Before the object is
 * written the file has its reference, so nobody takes the bytes away from under it.
 */
export const storeFile: StepWork = async ({ database, store, staging }, file, { signal }) => {
  const upload = await findUploadOfFile(database, file.id)
  const arrived = upload && (await staging.size(upload.id))
  if (arrived !== undefined && arrived !== file.bytes)
    throw new Error(`${arrived} of ${file.bytes} bytes of file ${file.id} are staged`)
  const staged = upload && arrived !== undefined ? staging.path(upload.id) : undefined
  // A run before this one may have moved the bytes and died.
  const sha256 = file.sha256 ?? (staged && (await hashOf(staged, signal)))
  if (!sha256) throw new Error(`the bytes of file ${file.id} are neither staged nor stored`)
  if (!(await claimBlob(database, file.id, sha256, file.bytes))) return {}
  const key = blobKey(sha256)
  if ((await store.stat(key))?.bytes !== file.bytes) {
    if (!staged) throw new Error(`the bytes of file ${file.id} are neither staged nor stored`)
    await store.take(key, staged, signal)
    await removeUnreferenced(database, store, sha256)
  }
  if (upload) await staging.remove(upload.id)
  return {}
}
