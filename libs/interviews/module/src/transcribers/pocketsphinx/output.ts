import { isHesitation } from '../../domain/speech-measures-fillers.ts'
import type { SpokenWord } from '../../domain/transcript.ts'

/** A frame of its features; its times are those of first and last frame, both inclusive. */
const frame = 0.01

/** `word start end probability`; all other lines are hypotheses or empty. */
const line = /^(\S+) (\d+\.\d+) (\d+\.\d+) (\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/

/**
 * Words of what `pocketsphinx_continuous -time yes` prints, seconds from the start of its input.
 *
 * The fourth column is the word's posterior probability in the lattice of the third pass (`ps_seg_prob`, which its
 * own header calls the confidence), scaled by `-ascale 20`. It is a probability already: only what rounding in
 * logarithms to base 1.0001 puts above 1 is cut back. Measured against what was said it is somewhat too sure; the
 * thresholds of `transcriptIsUsable` are fitted to it as it is.
 */
export function parseOutput(output: string, language: string): SpokenWord[] {
  return output.split('\n').flatMap((printed) => {
    const [, token = '', start, end, probability] = line.exec(printed) ?? []
    const text = wordOf(token, language)
    if (text === undefined) return []
    const until = Math.round((Number(end) + frame) * 1000) / 1000
    return [{ text, start: Number(start), end: until, confidence: Math.min(1, Number(probability)) }]
  })
}

/**
 * The word of a token: `for(2)`, the second pronunciation, is "for"; `++UH++` is a hesitation and kept as "uh".
 * `<s>`, `<sil>`, `[NOISE]`, `[SPEECH]` (sounds like speech, is no known word), `++BREATH++` and the like are none.
 */
function wordOf(token: string, language: string): string | undefined {
  const filler = /^\+\+(.+)\+\+$/.exec(token)?.[1]?.toLowerCase()
  if (filler !== undefined) return isHesitation(filler, language) ? filler : undefined
  if (token === '' || /^[<[]/.test(token)) return undefined
  return token.replace(/\(\d+\)$/, '')
}
