import { z } from 'zod'
import { storable } from '../../domain/analysis-result.ts'
import { TranscriptionError } from '../../domain/transcriber.ts'
import type { SpokenWord } from '../../domain/transcript.ts'

/** In ten minutes, the most that is sent at once, nobody says a tenth of it. */
const mostWords = 20_000
/** UTF-16 code units. */
const longestWord = 200

const word = z.object({ word: z.string(), start: z.number(), end: z.number() })
const segment = z.object({
  start: z.number(),
  end: z.number(),
  avg_logprob: z.number().optional(),
  no_speech_prob: z.number().optional(),
  compression_ratio: z.number().optional(),
})
const response = z.object({
  text: z.string(),
  words: z.array(word).max(mostWords).nullish(),
  segments: z.array(segment).max(mostWords).nullish(),
})

type Segment = z.output<typeof segment>

/**
 * What Whisper itself takes for failed: https://github.com/openai/whisper/blob/main/whisper/transcribe.py, options
 * `compression_ratio_threshold`, `logprob_threshold` and `no_speech_threshold` (all their defaults).
 */
const repeating = 2.4
const unsure = -1
const noSpeech = 0.6

/**
 * Words of a `verbose_json` answer, seconds from the start of what was sent.
 *
 * Confidence is that of the word's segment, `exp(avg_logprob)`: the geometric mean of the probabilities of its tokens.
 * Text that repeats itself has none. What is said over silence, as Whisper's own rule tells it, is dropped.
 *
 * @throws TranscriptionError `malformed-result`, or `provider-refused` when it knows no word times
 */
export function parseResponse(answer: unknown): SpokenWord[] {
  const parsed = response.safeParse(answer)
  if (!parsed.success) {
    throw new TranscriptionError('malformed-result', 'The transcription lacks required fields.')
  }
  const { text, words, segments } = parsed.data
  if (!words && text.trim() !== '') {
    throw new TranscriptionError('provider-refused', 'The model gives no times of words.')
  }
  return (words ?? [])
    .flatMap(({ word, start, end }) => {
      const text = storable(word.trim(), longestWord)
      if (text === '') return []
      const of = segments?.find((each) => (start + end) / 2 >= each.start && (start + end) / 2 <= each.end)
      if (of && isSilence(of)) return []
      const confidence = of && confidenceOf(of)
      return [{ text, start, end: Math.max(start, end), ...(confidence === undefined ? {} : { confidence }) }]
    })
    .sort((a, b) => a.start - b.start)
}

function isSilence({ no_speech_prob: silent = 0, avg_logprob: sure = 0 }: Segment): boolean {
  return silent > noSpeech && sure < unsure
}

function confidenceOf({ avg_logprob: sure, compression_ratio: ratio = 0 }: Segment): number | undefined {
  if (ratio > repeating) return 0
  return sure === undefined ? undefined : Math.min(1, Math.exp(sure))
}
