import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { File, Purpose } from '@cenopie/media-contract'
import { userCall } from '@cenopie/platform-testing'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countingDoor } from './testing/counting-door.ts'
import { openScene, processed, uploadOwn, type Scene } from './testing/scene.ts'
import { clipFolder, phoneCodecs, picture, tone } from './video/testing/clips.ts'

let app: Scene
let door: Awaited<ReturnType<typeof countingDoor>>
beforeAll(async () => {
  app = await openScene()
  door = await countingDoor(app.platform.url)
})
afterAll(async () => {
  await door.close()
  await app.close()
})

/** The address that a file gave, by way of the door. */
function addressOf({ renditions }: File, name: string): string {
  const { url } = renditions.find((one) => one.name === name) ?? expect.fail(`no ${name}`)
  return new URL(new URL(url).pathname, door.url).href
}

const bytesAt = async (address: string) => Buffer.from(await (await fetch(address)).arrayBuffer())

describe('a film of a minute, read by ffprobe over HTTP', () => {
  let file: File
  beforeAll(async () => {
    await using clips = await clipFolder()
    // Noise, which no encoder makes small: thirty megabytes in a form that is served as it came.
    const noise = [
      '-vf',
      'noise=alls=80:allf=t',
      '-b:v',
      '4M',
      '-maxrate',
      '4M',
      '-bufsize',
      '4M',
      '-g',
      '10',
    ]
    const film = [...picture('s=320x240:r=5:d=60'), ...tone('d=60'), ...phoneCodecs, ...noise]
    const call = userCall()
    const bytes = await readFile(await clips.make('film.mp4', ...film))
    file = await processed(app, call, await uploadOwn(app, call, 'recording', bytes))
    expect(file.status).toBe('ready')
    expect(bytes.length).toBeGreaterThan(20_000_000)
  }, 90_000)

  /** Times of the pictures that ffprobe finds, and what it fetched for that. */
  async function probed(address: string, interval: string) {
    door.passages.length = 0
    const { stdout } = await promisify(execFile)('ffprobe', [
      ...['-v', 'error', '-protocol_whitelist', 'concat,file,http,tcp', '-select_streams', 'v:0'],
      ...['-read_intervals', interval, '-show_entries', 'packet=pts_time,data_hash'],
      ...['-show_data_hash', 'MD5', '-of', 'csv=p=0', address],
    ])
    const times = stdout.split('\n').filter(Boolean).map(Number.parseFloat)
    const bytes = door.passages.reduce((sum, passage) => sum + passage.bytes, 0)
    return { stdout, from: Math.min(...times), to: Math.max(...times), bytes, passages: [...door.passages] }
  }
  const whole = () => file.renditions.find(({ name }) => name === 'video.mp4')?.bytes ?? 0

  test('the MP4: it jumps near the end by a range, and most of the film stays where it is', async () => {
    const { stdout, from, to, bytes, passages } = await probed(addressOf(file, 'video.mp4'), '54%+2')
    await using clips = await clipFolder()
    const saved = await clips.write('saved.mp4', await bytesAt(addressOf(file, 'video.mp4')))
    expect(stdout).toBe((await probed(saved, '54%+2')).stdout)
    expect(from).toBeGreaterThanOrEqual(52)
    expect(to).toBeGreaterThanOrEqual(55)
    expect(to).toBeLessThan(58)
    expect(passages.map(({ status }) => status)).toEqual(passages.map(() => 206))
    const starts = passages.map(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1]))
    expect(Math.max(...starts)).toBeGreaterThan(whole() * 0.8)
    // Some of it lies in buffers of the connection when ffprobe leaves.
    expect(bytes).toBeLessThan(whole() / 4)
  })

  test('the stream: its links lead on below the same grant, and the rest is left when enough was read', async () => {
    const main = addressOf(file, 'main.m3u8')
    const { from, to, bytes, passages } = await probed(main, '%+6')
    expect(from).toBeLessThan(1)
    expect(to).toBeGreaterThanOrEqual(5)
    const folder = new URL('.', main).pathname
    for (const { path, status } of passages) {
      expect([200, 206]).toContain(status)
      expect(path.startsWith(folder)).toBe(true)
    }
    const names = passages.map(({ path }) => path.slice(folder.length))
    expect(names.slice(0, 4)).toEqual(['main.m3u8', '240p.m3u8', '240p-init.mp4', '240p-0000.m4s'])
    expect(bytes).toBeLessThan(whole() / 2)
  })

  test('a part of the stream near its end can be read without those before it, as players do that seek', async () => {
    const playlist = new URL('240p.m3u8', addressOf(file, 'main.m3u8'))
    const text = await (await fetch(playlist)).text()
    const init = new URL(/#EXT-X-MAP:URI="(.+)"/.exec(text)?.[1] ?? '', playlist).href
    const parts = text.split('\n').filter((line) => line.endsWith('.m4s'))
    expect(parts).toHaveLength(15)
    const part = new URL(parts[13] ?? '', playlist).href
    const { from, to } = await probed(`concat:${init}|${part}`, '%')
    expect([Math.round(from), Math.round(to)]).toEqual([52, 56])
  })
})

describe('of where a picture was taken, no address tells', () => {
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' }
  const xmp =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2N"/></rdf:RDF></x:xmpmeta>'

  /** Red on its left and blue on its right, held so that red is above; it says where and by whom it was taken. */
  async function revealing(): Promise<Buffer> {
    const half = { create: { width: 400, height: 600, channels: 3, background: 'red' } } as const
    const jpeg = await sharp({ create: { ...half.create, width: 800, background: 'blue' } })
      .composite([{ input: half, left: 0, top: 0 }])
      .withExif({ IFD0: { Artist: 'Ada Lovelace' }, IFD3: place })
      .withXmp(xmp)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    // IPTC, which sharp does not write: a by-line (2:80) in Photoshop's block of resources, application segment 13.
    const byline = Buffer.concat([Buffer.from('\x1c\x02\x50\0\x0c', 'latin1'), Buffer.from('Ada Lovelace')])
    const resource = Buffer.concat([
      Buffer.from('8BIM\x04\x04\0\0\0\0\0\x11', 'latin1'),
      byline,
      Buffer.alloc(1),
    ])
    const body = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource])
    const marker = Buffer.from([0xff, 0xed, 0, body.length + 2])
    return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)])
  }

  test.each<[Purpose, number]>([
    ['avatar', 12],
    ['cover', 3],
    ['logo', 9],
    ['post-image', 6],
  ])('%s', async (purpose, count) => {
    const original = await revealing()
    const { exif, iptc, xmp: found, orientation } = await sharp(original).metadata()
    expect(exif?.includes('Ada Lovelace') && iptc?.includes('Lovelace') && found?.includes('GPS')).toBe(true)
    expect(orientation).toBe(6)
    const call = userCall()
    const file = await processed(app, call, await uploadOwn(app, call, purpose, original))
    expect(file.renditions).toHaveLength(count)
    for (const { name } of file.renditions) {
      const bytes = await bytesAt(addressOf(file, name))
      const { exif, xmp, iptc, icc, comments, orientation, width, height } = await sharp(bytes).metadata()
      expect({ exif, xmp, iptc, icc, comments, orientation }).toEqual({})
      const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      const [above, below] = [0.25, 0.75].map((down) => {
        const at = (Math.floor(height * down) * width + Math.floor(width / 2)) * info.channels
        return (data[at] ?? 0) > (data[at + 2] ?? 0) ? 'red' : 'blue'
      })
      expect({ name, above, below }).toEqual({ name, above: 'red', below: 'blue' })
    }
  })
})
