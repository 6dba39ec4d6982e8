import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uploadCompleted } from '@cenopie/media-contract'
import { callBy, faultProxy, userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobKey } from '../data/blobs.ts'
import { beginUpload, openScene, processed, refuseToStore, send, type Scene } from '../testing/scene.ts'

const secret = 'a secret for the tests of uploads in two scenes'
let app: Scene
beforeAll(async () => {
  app = await openScene({ secret })
})
afterAll(() => app.close())

const tus = { 'tus-resumable': '1.0.0' }
const offset = { ...tus, 'content-type': 'application/offset+octet-stream' }
const base64 = (text: string) => Buffer.from(text).toString('base64')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function ticketFor(bytes: number, call = userCall()) {
  return app.client.requestUpload({ purpose: 'attachment', filename: 'cv.pdf', bytes }, call)
}

function ask(method: string, address: string, headers: Record<string, string>, body?: RequestInit['body']) {
  return fetch(new URL(address, app.platform.url), {
    ...{ method, headers, body: body ?? null },
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)
}

const begin = (ticket: string, bytes: number) => beginUpload(app, ticket, bytes)

const patch = (
  address: string,
  at: number,
  body: RequestInit['body'],
  headers: Record<string, string> = {},
) => ask('PATCH', address, { ...offset, 'upload-offset': `${at}`, ...headers }, body)

test('cut off again and again, an upload goes on where it was and arrives byte for byte', async () => {
  const call = userCall()
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(12_000_000)])
  const ticket = await ticketFor(bytes.length, call)
  const proxy = await faultProxy(app.platform.url)
  proxy.limit(2_000_000)
  let cuts = 0
  await send(app, ticket, bytes, { base: proxy.url, onCut: () => (cuts += 1) })
  await proxy.close()
  expect(cuts).toBeGreaterThanOrEqual(5)
  const file = await processed(app, call, ticket.fileId)
  expect(file).toMatchObject({ status: 'ready', sha256: sha256(bytes), bytes: bytes.length })
  const stored = await readFile(join(app.folder, 'objects', blobKey(sha256(bytes))))
  expect(stored.equals(bytes)).toBe(true)
  expect(await readdir(join(app.folder, 'uploads'))).toEqual([])
  const told = (await app.published(uploadCompleted)).filter(({ entity }) => entity.id === ticket.fileId)
  expect(told).toMatchObject([
    { payload: { bytes: bytes.length, purpose: 'attachment', userId: call.actor.id } },
  ])
})

test('what the server offers is said', async () => {
  const answer = await ask('OPTIONS', '/api/v1/media/uploads', {})
  expect(answer.status).toBe(204)
  expect(answer.headers.get('tus-extension')?.split(',')).toEqual(
    expect.arrayContaining(['creation', 'creation-with-upload', 'termination', 'expiration', 'checksum']),
  )
  expect(answer.headers.get('tus-checksum-algorithm')).toBe('sha1,sha256')
})

test('a ticket is good for one file, and for trying again until it is complete', async () => {
  const { ticket } = await ticketFor(4)
  const [lost, found] = [await begin(ticket, 4), await begin(ticket, 4)]
  expect((await patch(lost, 0, 'text')).status).toBe(404)
  expect((await patch(found, 0, 'text')).status).toBe(204)
  const again = await ask('POST', '/api/v1/media/uploads', {
    ...{ ...tus, 'upload-length': '4', 'upload-metadata': `ticket ${base64(ticket)}` },
  })
  expect([again.status, await again.text()]).toEqual([403, expect.stringMatching(/^media.ticket-used/)])
})

test('a second creation that is refused leaves what the first one has', async () => {
  const call = userCall()
  const [{ ticket }, other] = [await ticketFor(4_000_000, call), await ticketFor(4_000_000, call)]
  const small = await openScene({ userQuotaMegabytes: 5, secret })
  const first = await beginUpload(small, ticket, 1_000_000, 'begun')
  await beginUpload(small, other.ticket, 3_000_000)
  await expect(beginUpload(small, ticket, 4_000_000)).rejects.toThrow('media.quota-exceeded')
  const { headers } = await fetch(new URL(first, small.platform.url), { method: 'HEAD', headers: tus })
  expect(headers.get('upload-offset')).toBe('5')
  // Of as many bytes as the first had there is room.
  await beginUpload(small, ticket, 2_000_000)
  await small.close()
})

test('no more than so many uploads of an account are open at once', async () => {
  const small = await openScene({ userOpenUploads: 2, secret })
  const call = userCall()
  const tickets = [await ticketFor(4, call), await ticketFor(4, call), await ticketFor(4, call)]
  const [one = '', two = '', three = ''] = tickets.map(({ ticket }) => ticket)
  await beginUpload(small, one, 4)
  const second = await beginUpload(small, two, 4)
  await expect(beginUpload(small, three, 4)).rejects.toThrow(/^429: media.too-many-uploads: At most 2 /)
  // The same again is no further one.
  await beginUpload(small, one, 4)
  await fetch(new URL(second, small.platform.url), { method: 'DELETE', headers: tus })
  await beginUpload(small, three, 4)
  await small.close()
})

test('a request that is still sending when the time for its upload is over is ended', async () => {
  const { ticket } = await ticketFor(1000)
  const address = await begin(ticket, 1000)
  await app.sql(`UPDATE upload SET expires_at = now() + interval '1 second' WHERE id = $1`, [
    address.split('/').at(-1),
  ])
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.alloc(400)) })
  const answer = await patch(address, 0, endless)
  expect([answer.status, (await answer.text()).split(':')[0]]).toEqual([410, 'media.upload-expired'])
})

test.each([
  ['no ticket', undefined, 4, 403, 'media.ticket-refused'],
  ['a forged ticket', (ticket: string) => `${ticket.slice(0, -3)}AAA`, 4, 403, 'media.ticket-refused'],
  ['more than its ticket allows', (ticket: string) => ticket, 5, 413, 'media.too-large'],
  ['nothing', (ticket: string) => ticket, 0, 400, 'media.empty'],
])('an upload with %s is refused', async (_name, change, length, status, code) => {
  const { ticket } = await ticketFor(4)
  const answer = await ask('POST', '/api/v1/media/uploads', {
    ...{ ...tus, 'upload-length': `${length}` },
    ...(change && { 'upload-metadata': `ticket ${base64(change(ticket))}` }),
  })
  expect([answer.status, (await answer.text()).split(':')[0]]).toEqual([status, code])
})

test('a length that lies is refused while bytes come, and nothing of it stays', async () => {
  const call = userCall()
  const { ticket, fileId } = await ticketFor(10, call)
  const address = await begin(ticket, 10)
  expect((await patch(address, 0, 'x'.repeat(11))).status).toBe(413)
  // Without a Content-Length nothing is known before it comes.
  const pieces = ['0123456789', 'more'].map((text) => Buffer.from(text))
  const chunked = new ReadableStream({
    async pull(controller) {
      const piece = pieces.shift()
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
  expect((await patch(address, 0, chunked)).status).toBe(413)
  expect((await ask('HEAD', address, tus)).status).toBe(404)
  await expect(app.client.viewFile({ fileId }, call)).rejects.toMatchObject({ code: 'not-found' })
})

test('what is complete takes no more, and is not lost by that', async () => {
  const call = userCall()
  const { ticket, fileId } = await ticketFor(4, call)
  const address = await begin(ticket, 4)
  const allow = await refuseToStore(app, Buffer.from('late'))
  expect((await patch(address, 0, 'late')).status).toBe(204)
  const more = async () => {
    const answer = await patch(address, 4, new Blob(['x']).stream())
    return [answer.status, (await answer.text()).split(':')[0]]
  }
  expect(await more()).toEqual([409, 'media.upload-complete'])
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'failed' })
  expect(await more()).toEqual([409, 'media.upload-complete'])
  await allow()
  await app.client.retryFile({ fileId }, callBy(call.actor))
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'ready' })
  expect(await more()).toEqual([409, 'media.upload-complete'])
  expect((await ask('HEAD', address, tus)).headers.get('upload-offset')).toBe('4')
})

test('bytes that do not match their checksum are as if they had never come', async () => {
  const { ticket } = await ticketFor(8)
  const address = await begin(ticket, 8)
  const digest = (text: string) => createHash('sha256').update(text).digest('base64')
  const wrong = await patch(address, 0, 'text', { 'upload-checksum': `sha256 ${digest('test')}` })
  expect([wrong.status, (await ask('HEAD', address, tus)).headers.get('upload-offset')]).toEqual([460, '0'])
  const right = await patch(address, 0, 'text', { 'upload-checksum': `sha256 ${digest('text')}` })
  expect([right.status, right.headers.get('upload-offset')]).toEqual([204, '4'])
  expect((await patch(address, 4, 'text', { 'upload-checksum': 'md5 x' })).status).toBe(400)
})

test('two requests never write at once: the later one gets its turn, from where the first one was', async () => {
  const call = userCall()
  const { ticket, fileId } = await ticketFor(1000, call)
  const address = await begin(ticket, 1000)
  const later = Promise.withResolvers<void>()
  const slow = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.alloc(400, 'a')),
    async pull(controller) {
      await later.promise
      controller.enqueue(Buffer.alloc(600, 'a'))
      controller.close()
    },
  })
  const first = patch(address, 0, slow).catch((error: unknown) => error)
  // Each look makes the first request give way, with what has arrived.
  let reached = 0
  while (reached === 0) reached = Number((await ask('HEAD', address, tus)).headers.get('upload-offset'))
  expect(reached).toBe(400)
  expect((await patch(address, 0, Buffer.alloc(1000, 'b'))).status).toBe(409)
  later.resolve()
  await first
  expect((await patch(address, 400, Buffer.alloc(600, 'b'))).status).toBe(204)
  const { sha256: hash } = await processed(app, call, fileId)
  expect(hash).toBe(sha256(Buffer.concat([Buffer.alloc(400, 'a'), Buffer.alloc(600, 'b')])))
})

test('the lock of a killed process is waited for, then taken over', async () => {
  const { ticket } = await ticketFor(1000)
  const address = await begin(ticket, 1000)
  const id = address.split('/').at(-1)
  await app.sql(
    `UPDATE upload SET lock_owner = gen_random_uuid(), lock_until = now() + interval '2 seconds' WHERE id = $1`,
    [id],
  )
  expect((await patch(address, 0, Buffer.alloc(1000, 'b'))).status).toBe(204)
})

test('an upload is given up by its client', async () => {
  const call = userCall()
  const { ticket, fileId } = await ticketFor(10, call)
  const address = await begin(ticket, 10)
  const begun = await patch(address, 0, 'five!')
  expect([begun.status, begun.headers.has('upload-expires')]).toEqual([204, true])
  expect((await ask('DELETE', address, tus)).status).toBe(204)
  expect((await ask('HEAD', address, tus)).status).toBe(404)
  await expect(app.client.viewFile({ fileId }, call)).rejects.toMatchObject({ code: 'not-found' })
})

test.each([
  '/api/v1/media/uploads/..%2f..%2fetc',
  '/api/v1/media/uploads/0',
  `/api/v1/media/uploads/${'0'.repeat(43)}`,
])('%s is no upload', async (address) => {
  for (const method of ['HEAD', 'DELETE']) expect((await ask(method, address, tus)).status).toBe(404)
})
