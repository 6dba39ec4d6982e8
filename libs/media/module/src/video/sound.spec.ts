import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Waveform } from './index.ts'
import { Peaks } from './peaks.ts'
import { browserCodecs, picture, tone } from './testing/clips.ts'
import { toolsAndClips } from './testing/tools.ts'

const { tools, clips } = await toolsAndClips()

const loudest = (samples: Float32Array, from: number, to: number) =>
  samples.subarray(from * 16_000, to * 16_000).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

/** Half a second of silence, a second of tone that is 0.125 at its loudest, half a second of silence. */
const spoken = ['-f', 'lavfi', '-i', 'sine=d=1', '-af', 'adelay=500,apad=pad_dur=0.5']

test.each(['wav', 'flac'] as const)(
  'speech as %s is 16 kHz mono and no louder than it was',
  async (format) => {
    const clip = await clips.record('spoken.webm', ...spoken, '-ac', '2', '-c:a', 'libopus')
    const made = await tools.speechAudio(clip, clips.path(`speech.${format}`), await tools.probe(clip), {
      format,
    })
    expect(made).toMatchObject({ mediaType: `audio/${format}`, seconds: expect.closeTo(2, 1) })
    const { streams } = await clips.inspect(made.path)
    expect(streams).toMatchObject([{ sample_rate: '16000', channels: 1 }])
    const samples = await clips.samples(made.path)
    expect(loudest(samples, 0.6, 1.4)).toBeCloseTo(0.125, 1)
    expect(loudest(samples, 0, 0.4)).toBeLessThan(0.01)
    expect(loudest(samples, 1.6, 2)).toBeLessThan(0.01)
  },
)

test('sound that begins late and has a gap keeps the time of the picture', async () => {
  const filters = "aselect='not(between(t,1,2))',asetpts=PTS+0.5/TB"
  const clip = await clips.record(
    'gap.webm',
    ...[...picture('s=160x120:r=15:d=4'), ...tone('d=3'), '-af', filters, ...browserCodecs],
  )
  const facts = await tools.probe(clip)
  for (const input of [clip, (await tools.transcode(clip, clips.path('gap.mp4'), facts)).path]) {
    const made = await tools.speechAudio(input, clips.path('gap.wav'), await tools.probe(input))
    const samples = await clips.samples(made.path)
    expect(loudest(samples, 0, 0.4)).toBeLessThan(0.02)
    expect(loudest(samples, 0.6, 1.4)).toBeGreaterThan(0.1)
    expect(loudest(samples, 1.6, 2.4)).toBeLessThan(0.02)
    expect(loudest(samples, 2.6, 3.4)).toBeGreaterThan(0.1)
  }
})

test('a waveform has as many points as asked and shows silence flat', async () => {
  const clip = await clips.record('drawn.webm', ...spoken, '-c:a', 'libopus')
  const facts = await tools.probe(clip)
  const made = await tools.waveform(clip, clips.path('drawn.json'), facts, { points: 40 })
  const { seconds, peaks, version } = JSON.parse(await readFile(made.path, 'utf8')) as Waveform
  expect(version).toBe(1)
  expect(seconds).toBeCloseTo(2, 1)
  expect(peaks).toHaveLength(40)
  expect(Math.max(...peaks.slice(0, 8), ...peaks.slice(32))).toBeLessThan(0.01)
  expect(Math.min(...peaks.slice(12, 28))).toBeCloseTo(0.125, 1)
})

test('without sound there is neither', async () => {
  const clip = await clips.record('silent.webm', ...picture(), ...browserCodecs)
  const facts = await tools.probe(clip)
  for (const made of [
    tools.speechAudio(clip, clips.path('none.wav'), facts),
    tools.waveform(clip, clips.path('none.json'), facts),
  ]) {
    await expect(made).rejects.toMatchObject({ code: 'no-audio' })
  }
})

test('samples may be torn between chunks', () => {
  const bytes = Buffer.alloc(800)
  bytes.writeInt16LE(-32_768, 300)
  bytes.writeInt16LE(16_384, 700)
  const [whole, torn] = [new Peaks(), new Peaks()]
  whole.add(bytes)
  for (const byte of bytes) torn.add(Buffer.of(byte))
  expect(whole.fold(5)).toEqual([0, 1, 0, 0, 0.5])
  expect(torn.fold(5)).toEqual(whole.fold(5))
  expect(new Peaks().fold(3)).toEqual([0, 0, 0])
})
