import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { File, mediaContract, Purpose, UploadTicket } from '@cenopie/media-contract'
import type { CallContext, UserActor } from '@cenopie/platform-contract'
import { callBy, testModule, type TestModule } from '@cenopie/platform-testing'
import sharp from 'sharp'
import { Upload } from 'tus-js-client'
import { blobKey } from '../data/blobs.ts'
import { media } from '../index.ts'

export interface Scene extends TestModule<typeof mediaContract> {
  folder: string
}

/** The module with a folder of its own. */
export async function openScene(
  config: Record<string, string | number> = {},
  platform: Record<string, number> = {},
): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'media-'))
  const app = await testModule(media, {
    config: { folder, attempts: 2, backoffSeconds: 0, ...config },
    platform: { stopSeconds: 5, ...platform },
  })
  return {
    ...app,
    folder,
    async close() {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type UserCall = CallContext<UserActor>

export interface Sending {
  /** Through a proxy, for instance. */
  base?: string
  chunkSize?: number
  onCut?: () => void
}

/** Uploads with a real tus client until it succeeds, or rejects with what it was answered. Resolves to its address. */
export function send(
  app: Scene,
  { ticket }: Pick<UploadTicket, 'ticket'>,
  bytes: Buffer,
  { base = app.platform.url, chunkSize = Infinity, onCut }: Sending = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: new URL('/api/v1/media/uploads', base).href,
      metadata: { ticket, filename: 'from the client' },
      chunkSize,
      retryDelays: Array.from({ length: 30 }, () => 20),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0
        if (status === 0) onCut?.()
        return status === 0 || status === 423 || status === 409
      },
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    })
    upload.start()
  })
}

/** The address of an upload that has begun; with the bytes that its creation brings. */
export async function beginUpload(app: Scene, ticket: string, length: number, bytes = ''): Promise<string> {
  const created = await fetch(new URL('/api/v1/media/uploads', app.platform.url), {
    method: 'POST',
    headers: {
      ...{ 'tus-resumable': '1.0.0', 'upload-length': `${length}` },
      'upload-metadata': `ticket ${Buffer.from(ticket).toString('base64')}`,
      ...(bytes && { 'content-type': 'application/offset+octet-stream' }),
    },
    body: bytes || null,
  })
  const address = created.headers.get('location')
  if (!address) throw new Error(`${created.status}: ${await created.text()}`)
  return address
}

/** A user's file, uploaded; not waited for. */
export async function uploadOwn(
  app: Scene,
  { actor }: UserCall,
  purpose: Purpose,
  bytes: Buffer,
  filename = 'file',
): Promise<string> {
  const ticket = await app.client.requestUpload({ purpose, filename, bytes: bytes.length }, callBy(actor))
  await send(app, ticket, bytes)
  return ticket.fileId
}

/** A step that a busy machine was too slow for is tried again within this. */
const patienceMs = 20_000

/** Everything that is due is done; a step that is to be tried again soon is waited for. */
export async function processed(app: Scene, { actor }: UserCall, fileId: string): Promise<File> {
  for (const deadline = Date.now() + patienceMs; ;) {
    await app.idle()
    const file = await app.client.viewFile({ fileId }, callBy(actor))
    if (file.status !== 'processing' || Date.now() > deadline) return file
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The store on the disk cannot take these bytes, since their folder is a file, until what it resolves to is called. */
export async function refuseToStore(app: Scene, bytes: Buffer): Promise<() => Promise<void>> {
  const folder = dirname(
    join(app.folder, 'objects', blobKey(createHash('sha256').update(bytes).digest('hex'))),
  )
  await mkdir(dirname(folder), { recursive: true })
  await writeFile(folder, '')
  return () => rm(folder)
}

/** One schedule's run, now. */
export async function runSchedule(app: Scene, name: string): Promise<void> {
  await app.sql(`UPDATE schedule SET next_at = now() - interval '1 second' WHERE name = $1`, [name])
  for (;;) {
    const [due] = await app.sql('SELECT 1 FROM schedule WHERE name = $1 AND next_at <= now()', [name])
    if (!due) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await app.idle()
}

/** A photograph as a phone makes it: turned by EXIF, and saying where it was taken. */
export function photograph(width = 800, height = 600): Promise<Buffer> {
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

const execute = promisify(execFile)

/** A recording as a browser makes it: a test picture and a tone in WebM. */
export async function recording(seconds = 2, ...more: string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'clip-'))
  const path = join(folder, 'clip.webm')
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=320x240:rate=15:duration=${seconds}`]
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`]
  const codecs = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']
  await execute('ffmpeg', ['-v', 'error', ...picture, ...sound, ...codecs, ...more, path])
  const bytes = await readFile(path)
  await rm(folder, { recursive: true })
  return bytes
}
