import assert from 'node:assert/strict'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Person } from '@cenopie/e2e'
import type { Purpose } from '@cenopie/media-contract'
import type { Api } from './api.ts'

const piece = Buffer.alloc(2 ** 20, 'neither picture nor film. ')

/** So many times 2²⁰ bytes that are nothing: stored, looked at and refused. */
export const nothing = (megabytes: number) => Array.from({ length: megabytes }, () => piece)

/** Sends all pieces in one request, as fast as they are taken; resolves to the answer's status. */
export async function send(
  url: string,
  method: 'POST' | 'PUT',
  pieces: Buffer[],
  headers: Record<string, string> = {},
): Promise<number> {
  const length = { 'content-length': `${sizeOf(pieces)}` }
  const sending = request(url, { method, headers: { ...headers, ...length } })
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => resolve(response.resume().statusCode ?? 0)).once('error', reject)
  })
  await pipeline(Readable.from(pieces, { highWaterMark: 1 }), sending)
  return answered
}

/** Uploads a file over tus in one request; resolves to its id and the milliseconds that the request took. */
export async function upload(api: Api, { api: { media } }: Person, purpose: Purpose, pieces: Buffer[]) {
  const bytes = sizeOf(pieces)
  const { uploadUrl, ticket, fileId } = await media.requestUpload({ purpose, filename: 'file', bytes })
  const started = performance.now()
  const status = await send(`${api.url}${new URL(uploadUrl).pathname}`, 'POST', pieces, {
    'tus-resumable': '1.0.0',
    'upload-length': `${bytes}`,
    'upload-metadata': `ticket ${btoa(ticket)}`,
    'content-type': 'application/offset+octet-stream',
  })
  assert.equal(status, 201)
  return { fileId, ms: performance.now() - started }
}

/** The same with nothing; resolves to the milliseconds once it is gone again and disturbs nobody. */
export async function uploadNothing(api: Api, person: Person, megabytes: number): Promise<number> {
  const { media } = person.api
  const { fileId, ms } = await upload(api, person, 'recording', nothing(megabytes))
  while ((await media.viewFile({ fileId })).status !== 'failed') await wait(200)
  await media.deleteFile({ fileId })
  return ms
}

const sizeOf = (pieces: Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0)
