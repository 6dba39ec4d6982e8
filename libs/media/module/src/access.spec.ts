import { callBy, serviceCall, userActor, userCall } from '@cenopie/platform-testing'
import type { File } from '@cenopie/media-contract'
import { rm } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signGrant } from './domain/grant.ts'
import { openScene, photograph, processed, recording, uploadOwn, type Scene } from './testing/scene.ts'

const secret = 'a secret for the tests of this module'
let app: Scene
const owner = userActor()
let file: File
beforeAll(async () => {
  app = await openScene({ secret })
  const call = callBy(owner)
  file = await processed(app, call, await uploadOwn(app, call, 'avatar', await photograph(), 'me.jpg'))
})
afterAll(() => app.close())

const path = (grant: string, fileId = file.id, name = 'avatar-64.webp') =>
  new URL(`/api/v1/media/content/${grant}/${fileId}/${name}`, app.platform.url)
const inAnHour = () => Date.now() + 3600_000

test('whoever has the address reads it, and may keep it as long as the address lives', async () => {
  const [rendition] = file.renditions
  const answer = await fetch(new URL(new URL(rendition?.url ?? '').pathname, app.platform.url))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('etag')).toBe(`"${rendition?.sha256}"`)
  const [, age = ''] =
    /^private, max-age=(\d+), immutable$/.exec(answer.headers.get('cache-control') ?? '') ?? []
  expect(Number(age)).toBeGreaterThan(3500)
  expect(Number(age)).toBeLessThanOrEqual(3600 + 15 * 60)
  expect(answer.headers.get('content-disposition')).toMatch(/^inline/)
  const cached = await fetch(answer.url, {
    // Without it this client asks for a fresh answer.
    headers: { 'if-none-match': `"${rendition?.sha256}"`, 'cache-control': 'max-age=0' },
  })
  expect(cached.status).toBe(304)
})

test.each([
  ['for another file', () => signGrant(secret, '0199f0a0-0000-7000-8000-00000000dead', inAnHour()), 404],
  ['signed by somebody else', () => signGrant('not the secret of this module', file.id, inAnHour()), 404],
  ['with a later date', () => signGrant(secret, file.id, inAnHour()).replace(/^./, 'z'), 404],
  ['that is none', () => 'x', 404],
  ['that has expired', () => signGrant(secret, file.id, Date.now() - 1000), 403],
])('a grant %s opens nothing', async (_name, grant, status) => {
  expect((await fetch(path(grant()))).status).toBe(status)
})

test.each(['original', 'nothing', '..%2f..%2fetc%2fpasswd', '%00'])('there is no %s', async (name) => {
  const answer = await fetch(path(signGrant(secret, file.id, inAnHour()), file.id, name))
  expect([400, 404]).toContain(answer.status)
})

test.each([
  ['GET', (id: string) => `/api/v1/media/files/${id}`, undefined],
  ['GET', (id: string) => `/api/v1/media/files/${id}/progress`, undefined],
  ['PATCH', (id: string) => `/api/v1/media/files/${id}`, { alt: 'mine' }],
  ['DELETE', (id: string) => `/api/v1/media/files/${id}`, undefined],
  ['POST', (id: string) => `/api/v1/media/files/${id}/retry`, {}],
])('%s of somebody else’s file answers as if there were none', async (method, url, body) => {
  const request = { method, url: url(file.id), actor: userActor(), body }
  const none = await app.http({ ...request, url: url('0199f0a0-0000-7000-8000-00000000dead') })
  const foreign = await app.http(request)
  expect([foreign.status, none.status]).toEqual([404, 404])
  expect((foreign.body as { code: string }).code).toBe((none.body as { code: string }).code)
  expect((await app.http({ method, url: url(file.id), body })).status).toBe(401)
})

test('a list shows one’s own files, newest first, page by page', async () => {
  const actor = userActor()
  const own: string[] = []
  for (const words of ['one', 'two', 'three'])
    own.push(await uploadOwn(app, callBy(actor), 'attachment', Buffer.from(words)))
  const first = await app.client.listFiles({ limit: 2 }, callBy(actor))
  const { nextCursor: cursor = '' } = first
  const second = await app.client.listFiles({ limit: 2, cursor }, callBy(actor))
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(own.toReversed())
  expect(second.nextCursor).toBeUndefined()
})

test('its owner describes a file and deletes it; then its addresses are dead', async () => {
  const call = callBy(owner)
  const fileId = await uploadOwn(app, call, 'avatar', await photograph(64, 64))
  const before = await processed(app, call, fileId)
  const described = await app.client.describeFile({ fileId, alt: 'Somebody smiles' }, callBy(owner))
  expect(described.alt).toBe('Somebody smiles')
  const url = new URL(new URL(before.renditions[0]?.url ?? '').pathname, app.platform.url)
  expect((await fetch(url)).status).toBe(200)
  await app.client.deleteFile({ fileId }, callBy(owner))
  expect((await fetch(url)).status).toBe(404)
})

test('other modules read what was made, and get addresses for whom they like', async () => {
  const call = () => serviceCall('users')
  const content = await app.client.readRendition({ fileId: file.id, name: 'avatar-64.webp' }, call())
  expect((await buffer(await content.open())).length).toBe(content.bytes)
  const { files } = await app.client.signFiles({ fileIds: [file.id], seconds: 60 }, call())
  const url = files[0]?.urls.find(({ name }) => name === 'avatar-64.webp')?.url ?? ''
  expect((await fetch(new URL(new URL(url).pathname, app.platform.url))).status).toBe(200)
})

test('what the store has lost answers as if there were none', async () => {
  const call = callBy(owner)
  const fileId = await uploadOwn(app, call, 'avatar', await photograph(64, 64))
  await processed(app, call, fileId)
  await rm(`${app.folder}/objects/files/${fileId}`, { recursive: true })
  expect((await fetch(path(signGrant(secret, fileId, inAnHour()), fileId))).status).toBe(404)
  const content = await app.client.readRendition({ fileId, name: 'avatar-64.webp' }, serviceCall('users'))
  await expect(content.open()).rejects.toMatchObject({ code: 'not-found' })
})

test('a watcher is told of every change until the end', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'recording', await recording(2))
  const url = `/api/v1/media/files/${fileId}/progress`
  const { body } = await app.http({ method: 'GET', url, actor: call.actor })
  const told = String(body)
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => JSON.parse(line.slice(5)) as { status: string; steps: { name: string; status: string }[] })
  expect(told.at(-1)).toMatchObject({ status: 'ready' })
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(told.length)
  expect(told.length).toBeGreaterThan(2)
  const back = await app.http({ method: 'GET', url, actor: call.actor, headers: { 'last-event-id': 'end' } })
  expect(back.status).toBe(204)
}, 60_000)

test.each([
  [{ purpose: 'avatar', filename: 'x', bytes: 0 }, 'bytes'],
  [{ purpose: 'avatar', filename: 'x', bytes: 1e9 }, 'bytes'],
  [{ purpose: 'malware', filename: 'x', bytes: 1 }, 'purpose'],
  [{ purpose: 'avatar', filename: 'x\u0000', bytes: 1 }, 'filename'],
  [{ purpose: 'avatar', filename: 'x', bytes: 1, alt: 'x\n' }, 'alt'],
])('a wish for an upload %# is refused by name', async (body, field) => {
  const answer = await app.http({
    method: 'POST',
    url: '/api/v1/media/uploads/tickets',
    actor: userActor(),
    body,
  })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.body).toMatchObject({ errors: [expect.objectContaining({ field })] })
})
