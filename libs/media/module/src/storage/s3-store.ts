import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { checkedKey, NoSuchObject, type ObjectStore } from './object-store.ts'

export interface S3Options {
  bucket: string
  region: string
  /** Left out: Amazon's own. */
  endpoint?: string | undefined
  /** Left out: found where the SDK looks (instance role, web identity, …). */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

/** Largest object is this × 10,000 parts: 160 GB, above what a contract lets in. Two parts are held in memory. */
const partBytes = 16 * 2 ** 20

/** Objects in a bucket of anything that speaks S3. */
export function s3Store({ bucket, region, endpoint, credentials }: S3Options): ObjectStore {
  const client = new S3Client({
    region,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    // Checksums in trailers are Amazon's own; other stores refuse them. Ours are compared by SHA-256.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (key: string) => ({ Bucket: bucket, Key: checkedKey(key) })

  const write = async (key: string, source: Readable, signal?: AbortSignal): Promise<number> => {
    let bytes = 0
    source.on('data', (chunk: Buffer) => (bytes += chunk.length)).pause()
    const upload = new Upload({
      client,
      params: { ...at(key), Body: source },
      partSize: partBytes,
      queueSize: 2,
    })
    const abort = () => void upload.abort()
    signal?.throwIfAborted()
    signal?.addEventListener('abort', abort, { once: true })
    try {
      await upload.done()
      return bytes
    } finally {
      signal?.removeEventListener('abort', abort)
      source.destroy()
    }
  }

  return {
    write,
    async take(key, path, signal) {
      const { size } = await stat(path)
      const bytes = await write(key, createReadStream(path, { highWaterMark: 2 ** 20 }), signal)
      if (bytes !== size) throw new Error(`${key}: ${bytes} of ${size} bytes were sent`)
    },
    async read(key, range) {
      try {
        const Range = range && `bytes=${range.start}-${range.end}`
        const { Body } = await client.send(new GetObjectCommand({ ...at(key), ...(Range && { Range }) }))
        return Body as Readable
      } catch (error) {
        if (isMissing(error)) throw new NoSuchObject(key)
        throw error
      }
    },
    async stat(key) {
      try {
        const { ContentLength = 0 } = await client.send(new HeadObjectCommand(at(key)))
        return { key, bytes: ContentLength }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },
    async *list(prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: checkedKey(prefix) },
      )) {
        for (const { Key, Size = 0 } of Contents) if (Key) yield { key: Key, bytes: Size }
      }
    },
    close: () => client.destroy(),
  }
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404
}
