import type { MadeObject } from '../data/steps.ts'
import { hashOf } from '../uploads/staging.ts'
import { madePrefix, type Works } from './step-context.ts'

interface MadeFile {
  path: string
  name: string
  mediaType: string
  bytes: number
  width?: number
  height?: number
  listed?: boolean
}

/** Hands a file that a tool wrote to the store. */
export async function keepMade(
  { store }: Pick<Works, 'store'>,
  fileId: string,
  { path, name, mediaType, bytes, width, height, listed = true }: MadeFile,
  signal: AbortSignal,
): Promise<MadeObject> {
  const objectKey = `${madePrefix(fileId)}${name}`
  const sha256 = await hashOf(path, signal)
  await store.take(objectKey, path, signal)
  return { name, objectKey, mediaType, bytes, sha256, width, height, listed }
}
