import { expect, test } from 'vitest'
import { readLevels } from './levels.ts'
import { sampleRate } from './pcm.ts'
import { voicedSpans } from './voice.ts'

/** PCM of so many seconds at each amplitude (0–1), alternating full swings. */
function pcm(...parts: [seconds: number, amplitude: number][]): Buffer {
  const samples = parts.flatMap(([seconds, amplitude]) =>
    Array.from(
      { length: Math.round(seconds * sampleRate) },
      (_, at) => (at % 2 ? 1 : -1) * amplitude * 32_767,
    ),
  )
  return Buffer.from(Int16Array.from(samples).buffer)
}

/** In pieces that end inside samples and frames. */
async function* pieces(data: Buffer, size: number) {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size)
}

const levelsOf = (data: Buffer, size = 64_001) => readLevels(pieces(data, size))

test.each([1, 7, 333, 1_000_000])(
  'levels do not depend on how the sound arrives: pieces of %i bytes',
  async (size) => {
    const levels = await levelsOf(pcm([0.02, 0.5], [0.02, 0.1], [0.01, 0]), size)
    expect(levels).toHaveLength(3)
    expect([...levels].map(Math.round)).toEqual([-6, -20, -100])
  },
)

test('voice is what is loud, short gaps filled and short sounds dropped', async () => {
  const levels = await levelsOf(
    pcm([1, 0.001], [1, 0.5], [0.08, 0.001], [0.92, 0.5], [0.5, 0.001], [0.06, 0.5], [0.44, 0.001], [1, 0.1]),
  )
  expect(voicedSpans(levels)).toEqual([
    { start: 1, end: 3 },
    { start: 4, end: 5 },
  ])
})

test.each<[string, Buffer]>([
  ['nothing', pcm()],
  ['digital silence', pcm([3, 0])],
  ['a quiet room', pcm([3, 0.0005])],
  ['a quiet room with a far-off sound', pcm([1, 0.0001], [1, 0.0006], [1, 0.0001])],
  ['a steady loud noise', pcm([3, 0.3])],
])('%s holds no voice', async (_, data) => {
  expect(voicedSpans(await levelsOf(data))).toEqual([])
})

test('a voice over the noise of a room is found', async () => {
  expect(voicedSpans(await levelsOf(pcm([1, 0.05], [1, 0.3], [1, 0.05])))).toEqual([{ start: 1, end: 2 }])
})
