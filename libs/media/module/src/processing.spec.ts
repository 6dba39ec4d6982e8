import { fileFailed, fileReady, type File } from '@cenopie/media-contract'
import { callBy, serviceCall, userCall } from '@cenopie/platform-testing'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html, pixelBomb, svg, zip } from './testing/hostile/disguises.ts'
import { openScene, photograph, processed, recording, send, uploadOwn, type Scene } from './testing/scene.ts'

let app: Scene
beforeAll(async () => {
  app = await openScene()
})
afterAll(() => app.close())

/** What a rendition's address answers. */
async function read(file: File, name: string, headers: Record<string, string> = {}) {
  const { url } = file.renditions.find((one) => one.name === name) ?? expect.fail(`no ${name}`)
  return fetch(new URL(new URL(url).pathname, app.platform.url), { headers })
}

const steps = (file: File) => Object.fromEntries(file.steps.map(({ name, status }) => [name, status]))

test('a photograph becomes every size of its purpose, upright and without a place', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'avatar', await photograph(), 'me.jpg')
  const file = await processed(app, call, fileId)
  expect(file).toMatchObject({ status: 'ready', mediaType: 'image/jpeg', width: 600, height: 800 })
  expect(file.blurhash).toBeTruthy()
  expect(steps(file)).toEqual({ store: 'done', inspect: 'done', images: 'done' })
  expect(file.renditions).toHaveLength(12)
  for (const { name, mediaType, width } of file.renditions) {
    const answer = await read(file, name)
    expect(answer.headers.get('content-type')).toBe(mediaType)
    const { exif, orientation, width: real } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    expect({ exif, orientation, width: real }).toEqual({ exif: undefined, orientation: undefined, width })
  }
  const [told] = (await app.published(fileReady)).filter(({ entity }) => entity.id === fileId)
  expect(told?.payload).toMatchObject({ purpose: 'avatar', userId: call.actor.id, mediaType: 'image/jpeg' })
  expect(told?.payload.renditions).toHaveLength(12)
})

test('of a picture that is a page too, only the picture comes through', async () => {
  const call = userCall()
  const polyglot = Buffer.concat([await photograph(64, 64), html])
  const file = await processed(app, call, await uploadOwn(app, call, 'avatar', polyglot, 'me.html'))
  expect(file.status).toBe('ready')
  for (const { name } of file.renditions)
    expect(await (await read(file, name)).text()).not.toContain('script')
})

test('a recording becomes a seekable film, a stream, a poster, sound to transcribe and its waveform', async () => {
  const call = userCall()
  const file = await processed(app, call, await uploadOwn(app, call, 'recording', await recording(2)))
  expect(file.steps.map(({ failure }) => failure).filter(Boolean)).toEqual([])
  expect(file).toMatchObject({ status: 'ready', mediaType: 'video/webm', width: 320, height: 240 })
  expect(file.seconds).toBeCloseTo(2, 0)
  expect(file.renditions.map(({ name }) => name).sort()).toEqual(
    ['main.m3u8', 'poster.jpg', 'speech.wav', 'video.mp4', 'waveform.json'].sort(),
  )
  const part = await read(file, 'video.mp4', { range: 'bytes=4-7' })
  expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
  // The playlist's own links lead on below the same grant.
  let { url: base } = await read(file, 'main.m3u8')
  for (const form of [/\.m3u8$/, /^[^#].*$/]) {
    const playlist = await (await fetch(base)).text()
    const next = playlist.split('\n').find((line) => !line.startsWith('#') && form.test(line)) ?? ''
    base = new URL(next, base).href
    expect((await fetch(base)).status).toBe(200)
  }
}, 60_000)

test('sound alone is taken as well', async () => {
  const call = userCall()
  const file = await processed(app, call, await uploadOwn(app, call, 'recording', await recording(1, '-vn')))
  expect(steps(file)).toEqual({ store: 'done', inspect: 'done', transcode: 'done', speech: 'done' })
  expect(file.renditions.map(({ name }) => name)).toContain('audio.m4a')
}, 60_000)

test('a document is saved, never shown', async () => {
  const call = userCall()
  const file = await processed(
    app,
    call,
    await uploadOwn(app, call, 'attachment', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'Lebenslauf „neu“.pdf'),
  )
  expect(file).toMatchObject({ status: 'ready', mediaType: 'application/pdf' })
  const answer = await read(file, 'original')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''Lebenslauf/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toMatch(/sandbox/)
})

describe('what is not what it should be is refused in words', () => {
  test.each([
    ['a page called .png', 'avatar', () => html, 'unsupported-type'],
    ['a drawing called .png', 'logo', () => svg, 'unsupported-type'],
    ['an archive called .png', 'cover', () => zip, 'unsupported-type'],
    ['half a photograph', 'avatar', async () => (await photograph()).subarray(0, 100_000), 'truncated'],
    ['a bomb of pixels', 'avatar', () => pixelBomb(30_000, 30_000), 'too-many-pixels'],
    ['a page called .pdf', 'attachment', () => html, 'not-a-document'],
    ['an archive called .docx', 'attachment', () => zip, 'not-a-document'],
    ['a page called .webm', 'recording', () => html, 'not-media'],
    ['a photograph called .webm', 'recording', () => photograph(), 'not-media'],
    [
      'a playlist that points elsewhere',
      'recording',
      () => Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXTINF:1,\nhttp://127.0.0.1:1/x\n'),
      'not-media',
    ],
    ['half a recording', 'recording', async () => (await recording(4)).subarray(0, 30_000), 'truncated'],
  ] as const)(
    '%s',
    async (_name, purpose, make, code) => {
      const call = userCall()
      const fileId = await uploadOwn(app, call, purpose, Buffer.from(await make()), 'picture.png')
      const file = await processed(app, call, fileId)
      const failed = file.steps.find(({ status }) => status === 'failed')
      expect(failed?.failure).toMatchObject({
        code,
        retryable: false,
        reason: expect.stringMatching(/^[A-Z].*\.$/),
      })
      expect([file.status, file.renditions]).toEqual(['failed', []])
      const told = (await app.published(fileFailed)).filter(({ entity }) => entity.id === fileId)
      expect(told).toMatchObject([{ payload: { code } }])
      await expect(app.client.retryFile({ fileId }, callBy(call.actor))).rejects.toMatchObject({
        code: 'media.not-retryable',
      })
    },
    60_000,
  )
})

test('a recording longer than its ticket allows is refused', async () => {
  const call = userCall()
  const ticket = await app.client.grantUpload(
    {
      ...{ owner: { module: 'interviews', kind: 'answer', id: '1' }, purpose: 'recording', maxSeconds: 1 },
      ...{ userId: call.actor.id, expiresAt: new Date(Date.now() + 60_000).toISOString() },
    },
    serviceCall('interviews'),
  )
  await send(app, ticket, await recording(3))
  const { files } = await (await app.idle(),
  app.client.getFiles({ fileIds: [ticket.fileId] }, serviceCall('interviews')))
  expect(files).toMatchObject([{ status: 'failed', failure: { code: 'too-long' } }])
}, 60_000)
