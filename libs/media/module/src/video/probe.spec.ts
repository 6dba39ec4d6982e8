import { beforeAll, describe, expect, test } from 'vitest'
import { browserCodecs, phoneCodecs, picture, tone } from './testing/clips.ts'
import { toolsAndClips } from './testing/tools.ts'

const { tools, clips } = await toolsAndClips()

test('a recording of a browser, whose header has no duration, is counted', async () => {
  const clip = await clips.record('browser.webm', ...picture(), ...tone(), ...browserCodecs)
  expect((await clips.inspect(clip)).format.duration).toBeUndefined()
  expect(await tools.probe(clip)).toMatchObject({
    container: 'webm',
    mediaType: 'video/webm',
    seconds: expect.closeTo(2, 1),
    streams: 2,
    video: { codec: 'vp8', width: 160, height: 120, rotation: 0, constantRate: '15/1' },
    audio: { codec: 'opus', channels: 1, sampleRate: 48_000 },
  })
})

test('a phone held upright has its sides as it is looked at', async () => {
  const flat = await clips.make('flat.mp4', ...picture(), ...phoneCodecs)
  const upright = await clips.make('upright.mp4', '-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90')
  const { video } = await tools.probe(upright)
  expect([video?.width, video?.height]).toEqual([120, 160])
  expect([90, 270]).toContain(video?.rotation)
})

test('the cover of a song is no video', async () => {
  const cover = await clips.make('cover.jpg', ...picture(), '-frames:v', '1')
  const song = await clips.make(
    'song.m4a',
    ...['-i', cover, ...tone(), '-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic'],
  )
  const facts = await tools.probe(song)
  expect(facts).toMatchObject({ mediaType: 'audio/mp4', streams: 2, audio: { codec: 'aac' } })
  expect(facts.video).toBeUndefined()
})

test('pixels that are not square count as they are shown', async () => {
  const clip = await clips.make('wide.mp4', ...picture(), '-vf', 'setsar=2', ...phoneCodecs)
  expect((await tools.probe(clip)).video).toMatchObject({ width: 320, height: 120, pixelAspect: 2 })
})

describe('refuses', () => {
  let clip: string
  beforeAll(async () => {
    clip = await clips.make('plain.mp4', ...picture(), ...tone(), ...phoneCodecs)
  })
  const silent = () => clips.make('silent.mp4', ...picture(), ...phoneCodecs)
  const blind = () => clips.record('blind.webm', ...tone(), '-c:a', 'libopus')
  const cut = (share: number) => (bytes: Buffer) => bytes.subarray(0, bytes.length * share)

  test.each([
    ['0 bytes', 'empty', () => clips.write('empty.mp4', ''), {}],
    [
      'a page named like a video',
      'not-media',
      () => clips.write('page.mp4', '<html><body>Hello</body></html>'),
      {},
    ],
    ['an AVI', 'unsupported-container', () => clips.make('a.avi', ...picture(), '-c:v', 'mpeg4'), {}],
    ['an editing codec', 'unsupported-codec', () => clips.make('a.mov', ...picture(), '-c:v', 'prores'), {}],
    ['a longer one', 'too-long', async () => clip, { maxSeconds: 1.5 }],
    ['a larger one', 'too-many-pixels', async () => clip, { maxPixels: 160 * 120 - 1 }],
    ['a faster one', 'too-many-frames', async () => clip, { maxFrameRate: 12 }],
    ['more tracks', 'too-many-streams', async () => clip, { maxStreams: 1 }],
    ['one without sound', 'no-audio', silent, { needsAudio: true }],
    ['one without picture', 'no-video', blind, { needsVideo: true }],
    ['a half one', 'truncated', () => clips.changed(clip, 'half.mp4', cut(0.5)), {}],
    [
      'a half one that can be played before it is there',
      'truncated',
      async () => {
        const streamed = await clips.make('streamed.mp4', '-i', clip, '-c', 'copy', '-movflags', '+faststart')
        return clips.changed(streamed, 'half-streamed.mp4', cut(0.5))
      },
      {},
    ],
    [
      'a header and no picture',
      'no-frames',
      () => clips.make('none.mp4', ...picture(), '-t', '0', ...phoneCodecs),
      {},
    ],
  ] as const)('%s: %s', async (_, code, make, limits) => {
    const failure = tools.probe(await make(), limits)
    await expect(failure).rejects.toMatchObject({ name: 'VideoError', code, retryable: false })
    await expect(failure).rejects.not.toThrow(/\/|ffmpeg|ffprobe/)
  })
})
