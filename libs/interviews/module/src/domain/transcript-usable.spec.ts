import { expect, test } from 'vitest'
import type { Transcript } from './transcript.ts'
import { whyUnusable } from './transcript-usable.ts'

const voice = { seconds: 20, voiced: [{ start: 1, end: 19 }] }
const transcript = (words: number, confidence?: number, engine = 'pocketsphinx'): Transcript => ({
  language: 'en',
  words: Array.from({ length: words }, (_, at) => ({ text: 'word', start: at, end: at + 1 })),
  ...(confidence === undefined ? {} : { confidence }),
  engine,
  engineVersion: '1',
})

test.each<[string, Parameters<typeof whyUnusable>, string | undefined]>([
  ['clear speech', [transcript(40, 0.73), voice], undefined],
  ['slow speech', [transcript(15, 0.73), voice], undefined],
  ['no words', [transcript(0), voice], 'no-speech'],
  ['no voice', [transcript(40, 0.9), { seconds: 20, voiced: [] }], 'no-speech'],
  ['a click', [transcript(1, 0.9), { seconds: 20, voiced: [{ start: 0, end: 0.2 }] }], 'no-speech'],
  [
    'a minute for three seconds',
    [transcript(6, 0.9), { seconds: 90, voiced: [{ start: 0, end: 3 }] }],
    'mostly-silence',
  ],
  ['one sure word in music', [transcript(1, 1), voice], 'too-few-words'],
  ['an unsure engine', [transcript(40, 0.71), voice], 'low-confidence'],
  ['the same of Whisper', [transcript(40, 0.5, 'openai-compatible'), voice], undefined],
  ['an unsure Whisper', [transcript(40, 0.36, 'openai-compatible'), voice], 'low-confidence'],
  ['an engine never measured', [transcript(40, 0.71, 'new'), voice], 'low-confidence'],
  ['an engine that does not say', [transcript(40), voice], 'no-confidence'],
  ['the same where it is accepted', [transcript(40), voice, { acceptWithoutConfidence: true }], undefined],
])('%s', (_, given, code) => {
  expect(whyUnusable(...given)?.code).toBe(code)
})
