import type { SpokenWord } from './transcript.ts'

/** Netflix, "Timed Text Style Guide: General Requirements": characters of a line, lines, seconds of one caption. */
const lineCharacters = 42
const lines = 2
const longest = 7
/** A pause of so many seconds is seen as one. */
const pause = 1
/** A caption that ends when it begins is none. */
const shortest = 0.001

type TimedWord = Pick<SpokenWord, 'text' | 'start' | 'end'>

interface Caption {
  readonly start: number
  end: number
  readonly rows: string[]
}

/**
 * Words as WebVTT (W3C), in captions that can be read while they are heard. A caption ends before the next one begins,
 * so that players show one at a time.
 */
export function webVtt(words: readonly TimedWord[]): string {
  const captions = captionsOf(words)
  const blocks = captions.map(({ start, end, rows }, at) => {
    const until = Math.max(start + shortest, Math.min(end, captions[at + 1]?.start ?? end))
    return `${time(start)} --> ${time(until)}\n${rows.join('\n')}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

function captionsOf(words: readonly TimedWord[]): Caption[] {
  const captions: Caption[] = []
  for (const { text, start, end } of words) {
    const word = escaped(text)
    const last = captions.at(-1)
    if (last && start - last.end < pause && end - last.start <= longest && fits(last, word)) {
      last.end = Math.max(last.end, end)
    } else {
      // Cues come in the order of their starts, also where two chunks of a recording meet.
      captions.push({ start: Math.max(start, last?.start ?? 0), end, rows: [word] })
    }
  }
  return captions
}

/** Adds a word to the last row, or to a new one; false when there is no room. */
function fits({ rows }: Caption, word: string): boolean {
  const row = rows.at(-1) ?? ''
  if (row.length + 1 + word.length <= lineCharacters) rows[rows.length - 1] = `${row} ${word}`
  else if (rows.length < lines) rows.push(word)
  else return false
  return true
}

/** Cue text is markup: https://www.w3.org/TR/webvtt1/#webvtt-cue-text. An arrow would begin another cue. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\0', '\uFFFD')
    .replaceAll(/\s+/g, ' ')
}

/** `hh:mm:ss.ttt` */
function time(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000)
  const part = (unit: number, size: number, digits = 2) =>
    String(Math.floor(milliseconds / unit) % size).padStart(digits, '0')
  return `${part(3_600_000, 100)}:${part(60_000, 60)}:${part(1000, 60)}.${part(1, 1000, 3)}`
}
