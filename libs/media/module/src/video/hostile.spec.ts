import { createServer, type AddressInfo } from 'node:net'
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openVideoTools, VideoError, type VideoTools } from './index.ts'
import { browserCodecs, clipFolder, phoneCodecs, picture, tone } from './testing/clips.ts'

/** Each test runs several programs, which two busy processors start slowly. */
vi.setConfig({ testTimeout: 90_000 })

const clips = await clipFolder()
let connections = 0
const listener = createServer((socket) => {
  connections += 1
  socket.destroy()
})
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
const address = `127.0.0.1:${(listener.address() as AddressInfo).port}`

let tools: VideoTools
let secret: string
beforeAll(async () => {
  tools = await openVideoTools()
  secret = await clips.make('secret.ts', ...picture(), ...tone(), ...phoneCodecs)
})
afterAll(async () => {
  listener.close()
  await clips[Symbol.asyncDispose]()
})

const playlist = (target: string) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:2,\n${target}\n#EXT-X-ENDLIST\n`
/** An empty ID3 tag: players skip it, and the file looks like a song. */
const tag = 'ID3\x03\0\0\0\0\0\0'

describe('opens nothing but the file itself', () => {
  const targets = { 'a file': () => `file://${secret}`, 'an address': () => `http://${address}/a.ts` }

  // Without a forced demuxer and with every protocol ffprobe follows both: these are the files that tell.
  test.each([
    ['as it is', ''],
    ['behind the tag of a song', tag],
  ])('what is followed where nothing forbids it: a playlist %s', async (_, before) => {
    expect(await clips.openly(before + playlist(targets['a file']()))).toMatchObject({
      format: { format_name: 'hls' },
      streams: [{ codec_type: 'video' }, { codec_type: 'audio' }],
    })
    await expect(clips.openly(before + playlist(targets['an address']()))).rejects.toThrow('first segment')
    expect(connections).toBeGreaterThan(0)
    connections = 0
  })

  test.each(Object.entries(targets))('a playlist that names %s', async (_, target) => {
    const clip = await clips.write('playlist.mp4', playlist(target()))
    await expect(tools.probe(clip)).rejects.toMatchObject({ code: 'not-media' })
    expect(connections).toBe(0)
  })

  test.each(Object.entries(targets))(
    'a playlist behind the tag of a song that names %s',
    async (_, target) => {
      const clip = await clips.write('playlist.mp3', tag + playlist(target()))
      await expect(tools.probe(clip)).rejects.toMatchObject({ code: 'damaged' })
      expect(connections).toBe(0)
    },
  )

  test.each([
    ['a list to concatenate', () => `ffconcat version 1.0\nfile '${secret}'\n`],
    ['a DASH manifest', () => `<?xml version="1.0"?><MPD><BaseURL>http://${address}/</BaseURL></MPD>`],
    ['a session description', () => `v=0\nc=IN IP4 127.0.0.1\nm=audio ${address.split(':')[1]} RTP/AVP 0\n`],
    ['a web page', () => `<html><video src="http://${address}/a.mp4"></html>`],
  ])('%s', async (_, content) => {
    await expect(tools.probe(await clips.write('text.mp4', content()))).rejects.toMatchObject({
      code: 'not-media',
    })
    expect(connections).toBe(0)
  })

  test('a name that reads like an address or a pattern is a name', async () => {
    const clip = await clips.make('plain.mp4', ...picture('s=160x120:r=15:d=0.5'), ...phoneCodecs)
    for (const name of ['concat:a.mp4|b.mp4', 'subfile,,start,0,end,9,,:a.mp4', '-i%03d.mp4']) {
      const odd = await clips.changed(clip, name, (bytes) => bytes)
      const facts = await tools.probe(odd)
      const jpeg = clips.path(`${name}.jpg`)
      expect((await tools.poster(odd, jpeg, facts)).path).toBe(jpeg)
      expect((await tools.hls(odd, clips.path(`${name}.hls`), facts)).files).toHaveLength(4)
    }
  })
})

describe('stays within limits', () => {
  test('a short file whose header says ten hours', async () => {
    const honest = await clips.make('honest.webm', ...tone(), '-c:a', 'libopus')
    const clip = await clips.changed(honest, 'forged.webm', (bytes) => {
      // Element 0x4489, eight bytes: the duration in milliseconds.
      bytes.writeDoubleBE(36_000_000, bytes.indexOf('448988', 0, 'hex') + 3)
      return bytes
    })
    await expect(tools.probe(clip)).rejects.toMatchObject({ code: 'too-long' })
  })

  test('ten hours of sparse sound in a file that does not say so', async () => {
    const short = await clips.record('short.webm', ...tone(), '-c:a', 'libopus')
    const later = 'if(gt(N,20),PTS+36000/TB,PTS)'
    const clip = await clips.record('sparse.webm', '-i', short, '-c', 'copy', '-bsf:a', `setts=ts='${later}'`)
    expect((await clips.inspect(clip)).format.duration).toBeUndefined()
    await expect(tools.probe(clip)).rejects.toMatchObject({ code: 'too-long' })
  })

  test('forty tracks', async () => {
    const maps = Array.from({ length: 40 }, () => ['-map', '0']).flat()
    const clip = await clips.make('forty.mkv', ...tone('d=0.1'), ...maps, '-c:a', 'libopus')
    await expect(tools.probe(clip)).rejects.toMatchObject({ code: 'too-many-streams' })
  })

  test('small pictures that unfold to enormous ones', async () => {
    const honest = await clips.record('small.webm', ...picture(), ...tone(), ...browserCodecs)
    const clip = await clips.changed(honest, 'bomb.webm', (bytes) => {
      // RFC 6386 9.1: behind the start code of a key picture are its sides, 14 bits each.
      for (let at = -1; (at = bytes.indexOf('9d012a', at + 1, 'hex')) >= 0;)
        bytes.writeUInt32LE(0x20002000, at + 3)
      return bytes
    })
    const facts = await tools.probe(clip)
    const made = tools.transcode(clip, clips.path('bomb.mp4'), facts)
    await expect(made).rejects.toMatchObject({ code: 'too-many-pixels', retryable: false })
    expect(await readdir(dirname(clip))).not.toContain('bomb.mp4')
  })
})

/** The same numbers on every machine (Lehmer's generator). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (state * 48_271) % 0x7fffffff)
}

test(
  'fifty damaged files: each comes out whole or is refused, none stays half',
  { timeout: 600_000 },
  async () => {
    const small = picture('s=64x48:r=10:d=1')
    const honest = [
      await clips.record('bits.webm', ...small, ...tone('d=1'), ...browserCodecs),
      await clips.make('bits.mp4', ...small, ...tone('d=1'), ...phoneCodecs),
    ]
    const random = numbers(20_261_123)
    const damaged = (bytes: Buffer, flips: number) => {
      for (let flip = 0; flip < flips; flip += 1) {
        const at = random.next().value % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (random.next().value % 8))
      }
      return bytes
    }
    const endings: string[] = []
    for (let round = 0; round < 25; round += 1) {
      const pair: string[] = []
      for (const [at, file] of honest.entries()) {
        pair.push(await clips.changed(file, `flipped-${at}`, (bytes) => damaged(bytes, 1 + (round % 20))))
      }
      endings.push(...(await Promise.all(pair.map(outcome))))
    }
    expect(endings).toHaveLength(50)
    expect(endings.filter((ending) => ending === 'whole').length).toBeGreaterThan(5)
    expect(connections).toBe(0)
    expect((await readdir(dirname(honest[0] ?? ''))).filter((name) => name.endsWith('.partial'))).toEqual([])
  },
)

async function outcome(clip: string): Promise<string> {
  const output = `${clip}.mp4`
  try {
    const facts = await tools.probe(clip)
    const made = await tools.transcode(clip, output, facts)
    expect(made.seconds).toBeGreaterThan(facts.seconds * 0.9 - 1)
    return 'whole'
  } catch (error) {
    if (!(error instanceof VideoError)) throw error
    expect(error.retryable).toBe(false)
    return error.code
  }
}
