import { fillersOf, isHesitation } from './speech-measures-fillers.ts'
import { plainWord } from './transcript-word.ts'
import type { Span, SpokenWord } from './transcript.ts'

/**
 * Silence shorter than this belongs to articulation (the closure of a "t" lasts up to 0.2 s). Sources: Goldman-Eisler
 * (1968), "Psycholinguistics: Experiments in spontaneous speech"; de Jong & Bosker (2013), "Choosing a threshold for
 * silent pauses to measure second language fluency", DiSS 2013, who find 0.25 s the best of those they tried.
 */
const shortestPause = 0.25

/** What the sound itself tells, as `measureVoice` reads it. */
export interface VoiceActivity {
  /** Length of the recording. */
  readonly seconds: number
  /** Where somebody may be speaking: sound loud enough, ordered, not overlapping. */
  readonly voiced: readonly Span[]
}

export interface SpeechMeasures {
  /** Words, sounds of hesitation left out. */
  readonly words: number
  /** From the first voice to the last, pauses included, seconds. */
  readonly speakingSeconds: number
  /** Words in a minute of that time. Absent where nobody spoke. */
  readonly wordsPerMinute?: number
  /** Words in a minute of voice: pauses are left out. Absent where nobody spoke. */
  readonly articulationRate?: number
  /** Silences of 0.25 s and more between the first voice and the last. */
  readonly pauses: { readonly count: number; readonly seconds: number; readonly longestSeconds: number }
  /** From the start of the recording to the first voice. Absent where nobody spoke. */
  readonly responseLatencySeconds?: number
  /** Hesitations ("um") and phrases ("you know") as transcribed: transcribers miss many, so this is a lower bound. */
  readonly fillers: { readonly count: number; readonly byText: Readonly<Record<string, number>> }
}

/**
 * How an answer was spoken, for people to read beside it. Information only: none of it may ever enter a score, a
 * ranking or a filter, and nothing may be inferred from it of emotion, health, age, gender or origin. Who stutters,
 * speaks a second language or thinks before speaking differs here and in nothing that counts.
 */
export function speechMeasures(
  words: readonly SpokenWord[],
  voice: VoiceActivity,
  language: string,
): SpeechMeasures {
  const fillers = countFillers(words, language)
  const said = words.filter(({ text }) => !isHesitation(text, language)).length
  const voiced = spoken(words, voice.voiced)
  const first = voiced[0]
  const last = voiced.at(-1)
  if (!first || !last) {
    const none = { count: 0, seconds: 0, longestSeconds: 0 }
    return { words: said, speakingSeconds: 0, pauses: none, fillers }
  }
  const gaps = voiced.slice(1).map(({ start }, at) => start - (voiced[at]?.end ?? start))
  const pauses = gaps.filter((gap) => gap >= shortestPause)
  const paused = pauses.reduce((sum, gap) => sum + gap, 0)
  const speaking = last.end - first.start
  return {
    words: said,
    speakingSeconds: rounded(speaking),
    wordsPerMinute: Math.round((said / speaking) * 60),
    articulationRate: Math.round((said / (speaking - paused)) * 60),
    pauses: {
      count: pauses.length,
      seconds: rounded(paused),
      longestSeconds: rounded(Math.max(0, ...pauses)),
    },
    responseLatencySeconds: rounded(first.start),
    fillers,
  }
}

/** From the first voice that holds a word to the last: a chair, a cough or a click before them is no answer yet. */
function spoken(words: readonly SpokenWord[], voiced: readonly Span[]): readonly Span[] {
  const holdsWord = (span: Span) => words.some(({ start, end }) => start < span.end && end > span.start)
  const first = voiced.findIndex(holdsWord)
  return first < 0 ? [] : voiced.slice(first, voiced.findLastIndex(holdsWord) + 1)
}

function countFillers(words: readonly SpokenWord[], language: string): SpeechMeasures['fillers'] {
  const { hesitations, phrases } = fillersOf(language)
  const plain = words.map(({ text }) => plainWord(text))
  const byText: Record<string, number> = {}
  for (const filler of [...hesitations, ...phrases]) {
    const parts = filler.split(' ')
    const times = plain.filter((_, at) => parts.every((part, offset) => plain[at + offset] === part)).length
    if (times > 0) byText[filler] = times
  }
  return { count: Object.values(byText).reduce((sum, times) => sum + times, 0), byText }
}

/** To hundredths of a second: levels are read every 0.02 s. */
function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
