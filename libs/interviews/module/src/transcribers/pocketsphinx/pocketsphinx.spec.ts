import { afterAll, expect, test, vi } from 'vitest'
import { wordErrorRate } from '@cenopie/platform-testing/word-error-rate'
import { z } from 'zod'
import { speechMeasures } from '../../domain/speech-measures.ts'
import { spokenText, type Transcript } from '../../domain/transcript.ts'
import { whyUnusable } from '../../domain/transcript-usable.ts'
import { verifySpokenQuotes } from '../../domain/quotes-spoken.ts'
import { speechFolder } from '../../testing/speech.ts'
import { transcriberConfig, type TranscriberConfig } from '../config.ts'
import { createTranscriber } from '../create-transcriber.ts'
import { measureVoice } from '../measure-voice.ts'

// Recognition takes a third of the sound's length of an idle core, and many times that on a busy machine: it is nice to others.
vi.setConfig({ testTimeout: 180_000 })

const folder = await speechFolder()
afterAll(() => folder.remove())
const signal = new AbortController().signal

const configured = (more: Partial<TranscriberConfig> = {}) => z.object(transcriberConfig).parse(more)
const transcribe = async (
  path: string,
  more: Partial<TranscriberConfig> = {},
  language = 'en-GB',
  stop = signal,
) =>
  (await createTranscriber(configured(more))).transcribe(
    { path, seconds: 10, language },
    { signal: stop, idempotencyKey: 'entry-1', permit: () => Promise.resolve() },
  )
const judge = async (path: string) => {
  const voice = await measureVoice(path, { maxSeconds: 60, signal })
  return {
    voice,
    refusal: (transcript: Transcript) => whyUnusable(transcript, voice),
  }
}

const sentences = [
  'When two people did not agree, I asked both of them to write down what they needed.',
  'We met the next day and talked about the problem, not about the people.',
  'In the end we chose the simple plan and both of them helped to build it.',
]
const answer = await folder.say(sentences.join(' '), 'rms')
const sentence = await folder.say(sentences[1] ?? '', 'rms')

test('writes clear speech down with times that lie where it is said', async () => {
  const transcript = await transcribe(answer)
  const spoken = spokenText(transcript)
  expect(wordErrorRate(sentences.join(' '), spoken.text)).toBeLessThanOrEqual(0.2)
  expect(transcript).toMatchObject({ language: 'en-GB', engine: 'pocketsphinx' })
  expect(transcript.engineVersion).toMatch(/en-us\.lm\.bin$/)

  const { voice, refusal } = await judge(answer)
  expect(refusal(transcript)).toBeUndefined()
  const ends = transcript.words.map(({ end }) => end)
  expect(ends).toEqual(ends.toSorted((a, b) => a - b))
  expect(ends.at(-1)).toBeLessThanOrEqual(voice.seconds)

  const measures = speechMeasures(transcript.words, voice, transcript.language)
  expect(measures.wordsPerMinute).toBeGreaterThan(120)
  expect(measures.pauses.count).toBeGreaterThanOrEqual(1)
})

test('a quote is timed where it is said, also after long silence', async () => {
  const said = await folder.say('We measured every request for two weeks.', 'rms')
  const twice =
    '[0]asplit[a][b];[a]adelay=5000[c];[b]adelay=40000,apad=pad_dur=10[d];[c][d]amix=duration=longest[m]'
  const spaced = await folder.make(
    'spaced.webm',
    ...['-i', said, '-filter_complex', twice, '-map', '[m]', '-c:a', 'libopus'],
  )
  const { voice, refusal } = await judge(spaced)
  const transcript = await transcribe(spaced)
  expect(refusal(transcript)).toBeUndefined()
  const quoteOf = (words: Transcript['words']) =>
    verifySpokenQuotes(spokenText({ ...transcript, words }), [{ text: 'We measured every request' }])[0]
  const quote = quoteOf(transcript.words)
  const later = quoteOf(transcript.words.filter(({ start }) => start > 30))
  const begins = voice.voiced.filter(({ start }, at) => start - (voice.voiced[at - 1]?.end ?? 0) > 1)
  expect(begins).toHaveLength(2)
  expect(quote?.startSeconds).toBeCloseTo(begins[0]?.start ?? 0, 0)
  expect(later?.startSeconds).toBeCloseTo(begins[1]?.start ?? 0, 0)
  expect((later?.endSeconds ?? 0) - (quote?.endSeconds ?? 0)).toBeCloseTo(35, 1)
})

const noisy = ['-f', 'lavfi', '-i', 'anoisesrc=c=pink:r=16000:a=0.08:seed=1']
const mixed = 'amix=inputs=2:duration=first:normalize=0'
test.each<[string, () => Promise<string>, string]>([
  [
    'speech in loud noise',
    () => folder.make('noisy.wav', '-i', sentence, ...noisy, '-filter_complex', mixed),
    'low-confidence',
  ],
  [
    'speech played backwards',
    () => folder.make('back.wav', '-i', sentence, '-af', 'areverse'),
    'low-confidence',
  ],
  ['noise alone', () => folder.make('noise.wav', ...noisy, '-t', '8'), 'no-speech'],
  ['a tone', () => folder.make('tone.wav', '-f', 'lavfi', '-i', 'sine=d=8:r=16000'), 'no-speech'],
  [
    'silence',
    () => folder.make('silence.wav', '-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono', '-t', '8'),
    'no-speech',
  ],
])('a transcript of %s is refused', async (_, make, code) => {
  const path = await make()
  const { refusal } = await judge(path)
  expect(refusal(await transcribe(path))?.code).toBe(code)
})

test.each<[string, Partial<TranscriberConfig>, string, object]>([
  ['another language', {}, 'de-AT', { reason: 'language-unsupported', retryable: false }],
  ['more than it may take', { transcriberMaxSeconds: 9 }, 'en', { reason: 'too-long', retryable: false }],
  [
    'a model that is not there',
    { pocketsphinxDictionary: '/nowhere/words.dict' },
    'en',
    {
      reason: 'program-missing',
      message:
        'The speech model /nowhere/words.dict is missing. Install it with: sudo apt-get install --yes --no-install-recommends pocketsphinx pocketsphinx-en-us',
    },
  ],
  ['too little memory', { pocketsphinxMemoryMb: 128 }, 'en', { reason: 'program-failed', retryable: true }],
])('says why it does not write down %s', async (_, more, language, failure) => {
  await expect(transcribe(answer, more, language)).rejects.toMatchObject({
    name: 'TranscriptionError',
    ...failure,
  })
})

test('is the default', async () => {
  expect((await createTranscriber(configured())).engine).toBe('pocketsphinx')
})
