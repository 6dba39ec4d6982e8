import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { speechFolder } from '../../testing/speech.ts'
import { measureVoice } from '../measure-voice.ts'
import { wav } from './pcm.ts'
import { withSpeech } from './speech.ts'

const folder = await speechFolder()
afterAll(() => folder.remove())
const signal = new AbortController().signal
const options = { maxSeconds: 60, signal }

/** Two tones of a second each, at 1 and 4 s of 6. */
const tones = [
  '-f',
  'lavfi',
  '-i',
  "aevalsrc='0.5*sin(2*PI*300*t)*(between(t,1,2)+between(t,4,5))':d=6:s=48000",
]
const webm = await folder.make('tones.webm', ...tones, '-c:a', 'libopus')

await folder.make('tones.wav', ...tones)

test('decodes what a browser records and finds the voice in it', async () => {
  const { seconds, voiced } = await measureVoice(webm, options)
  expect(seconds).toBeCloseTo(6, 1)
  expect(voiced.map(({ start, end }) => [Math.round(start * 10) / 10, Math.round(end * 10) / 10])).toEqual([
    [1, 2],
    [4, 5],
  ])
})

test('gives one stretch as PCM that reads as WAV, cut at the end of the sound', async () => {
  const pcm = await withSpeech(webm, options, (speech) => speech.pcm({ start: 4, end: 99 }))
  expect(pcm.length / 32_000).toBeCloseTo(2, 1)
  await writeFile(join(folder.path, 'slice.wav'), wav(pcm))
  const slice = await measureVoice(join(folder.path, 'slice.wav'), options)
  expect(slice.voiced[0]?.end).toBeCloseTo(1, 1)
})

test('leaves no file behind', async () => {
  const before = await names()
  const during = await withSpeech(webm, options, names)
  expect(during).toEqual(before)
})

test.each<[string, () => Promise<string>]>([
  ['a text', () => file('text.wav', 'no sound')],
  ['an empty file', () => file('empty.wav', '')],
  ['no file', () => Promise.resolve(join(folder.path, 'none.wav'))],
  [
    'a picture without sound',
    () => folder.make('picture.mp4', '-f', 'lavfi', '-i', 'testsrc=d=1', '-c:v', 'mpeg4'),
  ],
  [
    'a playlist of another file',
    () => file('list.m3u8', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\ntones.wav\n#EXT-X-ENDLIST\n'),
  ],
  ['a list of other files', () => file('list.ffconcat', 'ffconcat version 1.0\nfile tones.wav\n')],
])('refuses %s', async (_, make) => {
  await expect(measureVoice(await make(), options)).rejects.toMatchObject({
    name: 'TranscriptionError',
    reason: 'audio-unreadable',
    retryable: false,
  })
})

test('refuses what is longer than it may be, whatever was said of it', async () => {
  await expect(measureVoice(webm, { maxSeconds: 5, signal })).rejects.toMatchObject({
    reason: 'too-long',
    message: 'The recording is longer than 5 seconds.',
  })
})

test('stops when it is told to', async () => {
  const stopped = new Error('stopped')
  await expect(measureVoice(webm, { maxSeconds: 60, signal: AbortSignal.abort(stopped) })).rejects.toBe(
    stopped,
  )
})

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder.path, name), content)
  return join(folder.path, name)
}

async function names(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => /^cenopie-[0-9a-f]{8}-/.test(name))
}
