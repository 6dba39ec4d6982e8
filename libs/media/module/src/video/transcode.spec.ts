import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { topBoxes } from './boxes.ts'
import { browserCodecs, phoneCodecs, picture, tone } from './testing/clips.ts'
import { toolsAndClips } from './testing/tools.ts'

const { tools, clips } = await toolsAndClips()

const transcoded = async (clip: string, name = 'out.mp4') =>
  tools.transcode(clip, clips.path(name), await tools.probe(clip))

test('a recording of a browser becomes an MP4 that plays and seeks at once', async () => {
  const clip = await clips.record('browser.webm', ...picture(), ...tone(), ...browserCodecs)
  const percents: number[] = []
  const facts = await tools.probe(clip)
  const made = await tools.transcode(clip, clips.path('seekable.mp4'), facts, {
    onProgress: (percent) => percents.push(percent),
  })
  expect(made).toMatchObject({ mediaType: 'video/mp4', width: 160, height: 120, encoded: true })
  const { format, streams } = await clips.inspect(made.path)
  expect(Number(format.duration)).toBeCloseTo(2, 1)
  expect(streams).toMatchObject([{ codec_name: 'h264', pix_fmt: 'yuv420p' }, { codec_name: 'aac' }])
  const boxes = (await topBoxes(made.path)) ?? []
  expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'))
  expect(percents).toEqual([...percents].sort((a, b) => a - b))
  expect(percents.at(-1)).toBe(100)
  // A picture from the middle, found through the index.
  expect(await clips.grey(made.path, '-ss', '1.5')).toHaveLength(160 * 120)
})

describe('a phone held upright that knows where it is', () => {
  const place = '+52.5200+013.4050/'
  let clip: string
  beforeAll(async () => {
    // Left half black, right half white: turned clockwise, the white half is at the bottom.
    const halves = 'color=black:s=80x120:r=15:d=1[a];color=white:s=80x120:r=15:d=1[b];[a][b]hstack'
    const sideways = await clips.make(
      'sideways.mp4',
      '-f',
      'lavfi',
      '-i',
      halves,
      ...tone('d=1'),
      ...phoneCodecs,
    )
    clip = await clips.make(
      'upright.mp4',
      ...['-i', sideways, '-c', 'copy', '-metadata:s:v', 'rotate=90', '-movflags', 'use_metadata_tags'],
      ...['-metadata', `location=${place}`, '-metadata', `com.apple.quicktime.location.ISO6709=${place}`],
      ...['-metadata', 'artist=Ada', '-metadata:s:a', 'handler_name=Phone of Ada'],
    )
  })

  test('is turned, as a player would have turned it', async () => {
    const made = await transcoded(clip, 'turned.mp4')
    expect([made.width, made.height]).toEqual([120, 160])
    const { streams } = await clips.inspect(made.path)
    expect(streams[0]?.side_data_list ?? []).toEqual([])
    // ffmpeg itself turns what it decodes.
    const [wanted, found] = [await clips.grey(clip), await clips.grey(made.path)]
    const [top, bottom] = [60 + 10 * 120, 60 + 150 * 120]
    expect(Math.abs((wanted[top] ?? 0) - (wanted[bottom] ?? 0))).toBeGreaterThan(200)
    expect(found[top]).toBeCloseTo(wanted[top] ?? 0, -1)
    expect(found[bottom]).toBeCloseTo(wanted[bottom] ?? 0, -1)
  })

  test.each(['encoded', 'copied'] as const)('tells nobody where, %s', async (how) => {
    expect(JSON.stringify(await clips.inspect(clip))).toContain(place)
    const input =
      how === 'encoded'
        ? clip
        : await clips.make('flat.mp4', '-i', clip, '-c', 'copy', '-metadata:s:v', 'rotate=0')
    const made = await transcoded(input, 'nowhere.mp4')
    const bytes = await readFile(made.path, 'latin1')
    for (const word of [place, 'ISO6709', 'Ada']) expect(bytes).not.toContain(word)
  })
})

test('streams that are fit are copied, without what the camera wrote between the pictures', async () => {
  const note = '086f3693-b7b3-4f2c-9653-21492feee5b8+where'
  const fit = await clips.make(
    'fit.mp4',
    ...[
      ...picture(),
      ...tone(),
      ...phoneCodecs,
      '-profile:v',
      'main',
      '-bsf:v',
      `h264_metadata=sei_user_data=${note}`,
    ],
  )
  expect(await readFile(fit, 'latin1')).toContain('where')
  const made = await transcoded(fit)
  expect(made.encoded).toBe(false)
  expect(await readFile(made.path, 'latin1')).not.toContain('where')
  expect(await clips.grey(made.path)).toEqual(await clips.grey(fit))
})

test.each([
  ['a picture in full colour', ['-pix_fmt', 'yuv444p']],
  ['key pictures too far apart', ['-g', '999', '-t', '7']],
  ['too many pictures per second', ['-r', '60']],
  ['a picture too large', ['-s', '1600x900', '-t', '0.3']],
])('%s is encoded anew, within bounds', async (_, args) => {
  const clip = await clips.make(
    'unfit.mp4',
    ...picture('s=160x120:r=15:d=8'),
    ...phoneCodecs,
    '-t',
    '1',
    ...args,
  )
  const made = await transcoded(clip)
  expect(made.encoded).toBe(true)
  expect(made.facts.video).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p' })
  expect(made.facts.video?.frameRate).toBeLessThanOrEqual(31)
  expect(made.facts.video?.longestGopSeconds).toBeLessThanOrEqual(2.1)
  expect(made.width).toBeLessThanOrEqual(1280)
  expect(made.height).toBeLessThanOrEqual(720)
  // Whatever it was made from, it can be streamed.
  expect((await tools.hls(made.path, clips.path('hls'), made.facts)).variants.length).toBeGreaterThan(0)
})

test('sound alone becomes an M4A', async () => {
  const clip = await clips.record('voice.webm', ...tone(), '-c:a', 'libopus')
  const made = await transcoded(clip, 'voice.m4a')
  expect(made).toMatchObject({ mediaType: 'audio/mp4', encoded: true })
  expect(made.facts.video).toBeUndefined()
  expect((await topBoxes(made.path))?.indexOf('moov')).toBe(1)
})

test('six channels become two', async () => {
  const clip = await clips.make('six.mp4', ...picture(), ...tone(), ...phoneCodecs, '-ac', '6')
  expect((await tools.probe(clip)).audio?.channels).toBe(6)
  expect((await transcoded(clip)).facts.audio?.channels).toBe(2)
})

test('a phone that is turned while it records keeps one frame, and the picture its shape', async () => {
  const across = await clips.record('across.webm', ...picture('s=160x120:r=15:d=1'), ...browserCodecs)
  const upright = await clips.record('upright.webm', ...picture('s=120x160:r=15:d=1'), ...browserCodecs)
  const list = await clips.write('list.txt', `ffconcat version 1.0\nfile ${across}\nfile ${upright}\n`)
  const clip = await clips.record('turning.webm', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy')
  const made = await transcoded(clip)
  expect([made.width, made.height]).toEqual([160, 120])
  expect(made.seconds).toBeCloseTo(2, 0)
  const late = await clips.grey(made.path, '-ss', '1.5')
  // 90 of 160 columns hold the upright picture; beside it is black.
  expect(late[60 * 160 + 2]).toBeLessThan(30)
})

const shortPicture = [...picture('s=160x120:r=15:d=2'), ...tone('d=6')]

test.each([
  ['a browser', () => clips.record('cut.webm', ...shortPicture, ...browserCodecs)],
  ['a phone', () => clips.make('cut.mp4', ...shortPicture, ...phoneCodecs, '-g', '15', '-profile:v', 'main')],
])('where the picture of %s ends before the sound, the last one is held', async (_, record) => {
  const clip = await record()
  const { facts, path } = await tools.transcode(clip, clips.path('held.mp4'), await tools.probe(clip))
  expect(facts.video?.endSeconds).toBeCloseTo(6, 0)
  const first = await clips.grey(path, '-ss', '1.8')
  const last = await clips.grey(path, '-ss', '5.5')
  expect(Math.max(...first.map((grey, at) => Math.abs(grey - (last[at] ?? 0))))).toBeLessThan(64)
  const { main } = await tools.hls(path, clips.path('held'), facts)
  expect(Number((await clips.inspect(clips.path(`held/${main}`))).format.duration)).toBeCloseTo(6, 0)
})

test('what a killed run left behind is replaced', async () => {
  const clip = await clips.record('again.webm', ...picture(), ...tone(), ...browserCodecs)
  await clips.write('again.mp4', 'half a video')
  await clips.write('again.mp4.partial', 'half a video')
  const made = await transcoded(clip, 'again.mp4')
  expect(Number((await clips.inspect(made.path)).format.duration)).toBeCloseTo(2, 1)
  await expect(readFile(clips.path('again.mp4.partial'))).rejects.toMatchObject({ code: 'ENOENT' })
})
