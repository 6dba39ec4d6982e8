import { expect, test } from 'vitest'
import { speechMeasures } from './speech-measures.ts'

const say = (text: string, start: number, end: number) => ({ text, start, end })

test('rates, pauses and latency of an answer', () => {
  // Two seconds of thinking, four of speech with a pause of one and a half and a gap too short to be one.
  const voiced = [
    { start: 2, end: 3 },
    { start: 3.2, end: 4 },
    { start: 5.5, end: 6 },
  ]
  const words = ['we', 'um', 'cut', 'it'].map((text, at) => say(text, 2 + at * 0.5, 2.5 + at * 0.5))
  expect(speechMeasures([...words, say('down', 5.5, 6)], { seconds: 9, voiced }, 'en')).toEqual({
    words: 4,
    speakingSeconds: 4,
    wordsPerMinute: 60,
    articulationRate: 96, // 4 words in 2.5 seconds of voice
    pauses: { count: 1, seconds: 1.5, longestSeconds: 1.5 },
    responseLatencySeconds: 2,
    fillers: { count: 1, byText: { um: 1 } },
  })
})

test.each([
  [0.24, 0],
  [0.25, 1],
])('a silence of %s s makes %i pauses', (gap, count) => {
  const voiced = [
    { start: 0, end: 1 },
    { start: 1 + gap, end: 3 },
  ]
  const words = [say('one', 0, 1), say('two', 1 + gap, 3)]
  expect(speechMeasures(words, { seconds: 3, voiced }, 'en').pauses.count).toBe(count)
})

test('a click before and a cough after hold no word and are neither latency nor pause', () => {
  const voiced = [
    { start: 0.1, end: 0.3 },
    { start: 4, end: 6 },
    { start: 9, end: 9.5 },
  ]
  const measures = speechMeasures([say('hello', 4, 4.6)], { seconds: 10, voiced }, 'en')
  expect(measures).toMatchObject({ responseLatencySeconds: 4, speakingSeconds: 2, pauses: { count: 0 } })
})

test('silence has no rates', () => {
  expect(speechMeasures([], { seconds: 10, voiced: [] }, 'en')).toEqual({
    words: 0,
    speakingSeconds: 0,
    pauses: { count: 0, seconds: 0, longestSeconds: 0 },
    fillers: { count: 0, byText: {} },
  })
})

test.each([
  ['en-GB', 'Um, you know, it was, uh, um, fine', { um: 2, uh: 1, 'you know': 1 }],
  ['de-AT', 'Äh das war sozusagen um acht', { äh: 1, sozusagen: 1 }],
  ['xx', 'um hm fine', { um: 1, hm: 1 }],
])('counts the fillers of %s', (language, text, byText) => {
  const words = text.split(' ').map((word, at) => say(word, at, at + 1))
  const { fillers } = speechMeasures(words, { seconds: 9, voiced: [] }, language)
  expect(fillers.byText).toEqual(byText)
})
