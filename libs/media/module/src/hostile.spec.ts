import { readdir } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Failure } from '@cenopie/media-contract'
import { userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachOf } from './images/each-of.ts'
import { namesElsewhere } from './testing/hostile/elsewhere.ts'
import { hostileFiles } from './testing/hostile/files.ts'
import {
  openScene,
  photograph,
  processed,
  recording,
  runSchedule,
  uploadOwn,
  type Scene,
} from './testing/scene.ts'
import { clipFolder, phoneCodecs, picture, tone } from './video/testing/clips.ts'

let app: Scene
beforeAll(async () => {
  app = await openScene({ sweepSeconds: 86_400 }, { rateLimit: 100_000 })
})
afterAll(() => app.close())

let connections = 0
const listener = createServer((socket) => {
  connections += 1
  socket.destroy()
})
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
afterAll(() => void listener.close())
const address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/film.ts`

/** How a file ended: where it did, and what its uploader was told. */
interface Ending {
  kind: string
  status: string
  renditions: number
  failure?: Failure
}

async function endings(kinds: ReadonlyMap<string, string>): Promise<Ending[]> {
  const rows = await app.sql<{ id: string; status: string; renditions: number; failure: Failure | null }>(
    `SELECT f.id, f.status, (SELECT count(*)::int FROM rendition r WHERE r.file_id = f.id) AS renditions,
       (SELECT s.failure FROM step s WHERE s.file_id = f.id AND s.status = 'failed') AS failure
     FROM file f`,
  )
  return rows.flatMap(({ id, failure, ...row }) => {
    const kind = kinds.get(id)
    return kind ? [{ kind, ...row, ...(failure && { failure }) }] : []
  })
}

/** Nothing is at work or waits for another try. */
async function allEnded(): Promise<void> {
  do await app.idle()
  while ((await app.sql(`SELECT 1 FROM file WHERE status = 'processing' LIMIT 1`)).length > 0)
}

/** Of these nothing may become a file that is shown. */
const hopeless = new Set([
  ...['a bomb of pixels', 'a file that points elsewhere', 'a recording that says ten hours'],
  ...['something else called a document', 'something else called a picture'],
])

const tus = { 'tus-resumable': '1.0.0' }

/** Uploads bytes that are not as many as was said. Resolves to what was answered, at last. */
async function lie(said: number, bytes: Buffer): Promise<{ fileId: string; status: number; text: string }> {
  const wish = { purpose: 'avatar' as const, filename: 'me.png', bytes: Math.max(1, said) }
  const { ticket, fileId } = await app.client.requestUpload(wish, userCall())
  const told = {
    'upload-length': `${said}`,
    'upload-metadata': `ticket ${Buffer.from(ticket).toString('base64')}`,
  }
  const ask = (path: string, method: string, headers: object, body: Buffer | null = null) =>
    fetch(new URL(path, app.platform.url), { method, headers: { ...tus, ...headers }, body } as RequestInit)
  let answer = await ask('/api/v1/media/uploads', 'POST', told)
  const location = answer.headers.get('location')
  const offset = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  if (location) answer = await ask(location, 'PATCH', offset, bytes)
  return { fileId, status: answer.status, text: await answer.text() }
}

test(
  '500 hostile files in a row: each is refused or fails for a reason, and the worker goes on',
  { timeout: 300_000 },
  async () => {
    // A recording like any other, so that whoever follows a list to it makes a film of it.
    await using clips = await clipFolder()
    const secret = `file://${await clips.make('secret.ts', ...picture(), ...tone(), ...phoneCodecs)}`
    // Both bare and as a song, ffprobe follows the lists when nothing keeps it from that.
    for (const at of [0, 10]) {
      const { streams } = await clips.openly(namesElsewhere(secret)[at] ?? '')
      expect(streams.map(({ codec_type }) => codec_type)).toEqual(['video', 'audio'])
      await expect(clips.openly(namesElsewhere(address)[at] ?? '')).rejects.toThrow('first segment')
      expect(connections).toBeGreaterThan(0)
      connections = 0
    }

    const files = await hostileFiles([secret, address])
    const kinds = new Map<string, string>()
    const uploads = files.map(({ kind, purpose, bytes }) => async () => {
      kinds.set(await uploadOwn(app, userCall(), purpose, bytes, 'picture.png'), kind)
    })
    const lies = [
      ...Array.from({ length: 10 }, () => [0, 4, 400, /^media\.empty: The file is empty\.$/m] as const),
      ...Array.from({ length: 15 }, (_, at) => [9, 10 + at, 413, /./] as const),
      ...Array.from({ length: 15 }, (_, at) => [50, 10 + at, 204, /^$/] as const),
    ].map(([said, sent, status, text]) => async () => {
      const answer = await lie(said, Buffer.alloc(sent, 'x'))
      expect({ said, sent, ...answer }).toMatchObject({ status, text: expect.stringMatching(text) })
      kinds.set(answer.fileId, 'a length that lies')
    })
    await eachOf([...uploads, ...lies], 4, (upload) => upload())
    expect([files.length, lies.length]).toEqual([460, 40])
    await allEnded()

    // What never came whole is no file, and what came of it goes with the sweep.
    await app.sql(`UPDATE upload SET expires_at = now() WHERE completed_at IS NULL`)
    await runSchedule(app, 'sweep')
    const ended = await endings(kinds)
    expect(ended).toHaveLength(files.length)
    for (const { kind, status, renditions, failure } of ended) {
      const spared = status === 'ready' && !hopeless.has(kind)
      const refused = {
        code: expect.any(String),
        reason: expect.stringMatching(/^[A-Z].*\.$/),
        retryable: false,
      }
      if (!spared) expect({ kind, status, failure }).toEqual({ kind, status: 'failed', failure: refused })
      if (hopeless.has(kind)) expect({ kind, renditions }).toEqual({ kind, renditions: 0 })
    }
    // The damage reaches all that can be wrong, and spares some.
    const codes = new Set(ended.map(({ status, failure }) => failure?.code ?? status))
    expect([...codes]).toEqual(expect.arrayContaining(['damaged', 'not-media', 'ready', 'truncated']))

    expect(connections).toBe(0)
    expect(await app.sql('SELECT name, reason FROM dead_letter')).toEqual([])
    for (const folder of ['work', 'uploads']) expect(await readdir(join(app.folder, folder))).toEqual([])

    const call = userCall()
    const good = [
      await uploadOwn(app, call, 'avatar', await photograph(64, 64)),
      await uploadOwn(app, call, 'recording', await recording(1)),
    ]
    for (const fileId of good) expect(await processed(app, call, fileId)).toMatchObject({ status: 'ready' })
  },
)
