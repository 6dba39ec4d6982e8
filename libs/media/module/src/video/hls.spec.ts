import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { phoneCodecs, picture, tone } from './testing/clips.ts'
import { toolsAndClips } from './testing/tools.ts'

const { tools, clips } = await toolsAndClips()

/** A key picture each second, as `transcode` would copy it. */
const fit = (name: string, size: string, seconds: number) =>
  clips.make(
    name,
    ...[...picture(`s=${size}:r=10:d=${seconds}`), ...tone(`d=${seconds}`), ...phoneCodecs],
    ...['-g', '10', '-profile:v', 'main'],
  )

test('a small picture has one variant, in segments of four seconds with relative names', async () => {
  const clip = await fit('small.mp4', '160x120', 10)
  const made = await tools.hls(clip, clips.path('small'), await tools.probe(clip))
  expect(made.files.map(({ name }) => name)).toEqual([
    ...['120p-0000.m4s', '120p-0001.m4s', '120p-0002.m4s', '120p-init.mp4', '120p.m3u8', 'main.m3u8'],
  ])
  const playlist = await readFile(clips.path('small/120p.m3u8'), 'utf8')
  expect(Array.from(playlist.matchAll(/#EXTINF:(\d)/g), ([, seconds]) => seconds)).toEqual(['4', '4', '2'])
  expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:VOD')
  expect(playlist).toContain('#EXT-X-ENDLIST')
  // ffmpeg plays it from the folder, all of it.
  const { format, streams } = await clips.inspect(clips.path('small/main.m3u8'))
  expect(Number(format.duration)).toBeCloseTo(10, 0)
  expect(streams.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264'])
})

test('a large picture has a second variant of 360 lines, cut at the same times', async () => {
  const clip = await fit('large.mp4', '640x480', 5)
  const made = await tools.hls(clip, clips.path('large'), await tools.probe(clip))
  expect(made.variants).toEqual([
    { name: '480p.m3u8', width: 640, height: 480 },
    { name: '360p.m3u8', width: 480, height: 360 },
  ])
  const main = await readFile(clips.path('large/main.m3u8'), 'utf8')
  expect(main.match(/RESOLUTION=\d+x\d+,CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"/g)).toHaveLength(2)
  const cuts = (name: string) =>
    readFile(join(clips.path('large'), name), 'utf8').then((text) => text.match(/#EXTINF.*/g))
  expect(await cuts('360p.m3u8')).toEqual(await cuts('480p.m3u8'))
})

test('sound alone streams too, and a folder that was left behind is replaced', async () => {
  const clip = await clips.make('voice.m4a', ...tone('d=5'), '-c:a', 'aac')
  await tools.hls(clip, clips.path('voice'), await tools.probe(clip))
  const made = await tools.hls(clip, clips.path('voice'), await tools.probe(clip))
  expect(made.variants).toEqual([{ name: 'audio.m3u8' }])
  expect(Number((await clips.inspect(clips.path('voice/main.m3u8'))).format.duration)).toBeCloseTo(5, 0)
})

test('a poster is a JPEG of the upright picture, even of a single one', async () => {
  const clip = await clips.make('one.mp4', ...picture(), '-frames:v', '1', ...phoneCodecs)
  const made = await tools.poster(clip, clips.path('one.jpg'), await tools.probe(clip))
  expect(made).toMatchObject({ mediaType: 'image/jpeg', width: 160, height: 120 })
  expect((await clips.inspect(made.path)).streams).toMatchObject([
    { codec_name: 'mjpeg', width: 160, height: 120 },
  ])
})
