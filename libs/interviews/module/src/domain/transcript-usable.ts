import type { VoiceActivity } from './speech-measures.ts'
import type { Transcript } from './transcript.ts'

/** Why a transcript is not used. */
export interface TranscriptRefusal {
  readonly code: 'no-speech' | 'mostly-silence' | 'too-few-words' | 'low-confidence' | 'no-confidence'
  /** For the people who now listen themselves; holds nothing of what was said. */
  readonly reason: string
}

/** Less voice than this is no answer, seconds. */
const leastVoice = 1

/** Of the recording. An answer of a few words after a long silence is better heard than read. */
const leastVoiceShare = 0.05

/**
 * Words per minute of voice. People speak 160–210 words per minute in interviews (Tauroza & Allison 1990, "Speech
 * rates in British English", Applied Linguistics 11); a transcript far below that lost most of what was said, or there
 * was music or noise.
 */
const leastRate = 40

/**
 * Least mean confidence, per engine, because each counts it in its own way.
 *
 * - pocketsphinx: measured as the adapter runs Debian's en-us model, on 65 recordings of 12–20 s: three answers by
 *   flite's five voices (awb, kal, kal16, rms, slt), two of them also through Opus at 24 kbit/s, with pink noise 30, 20
 *   and 15 dB below the voice, and through a low-pass at 1500 Hz. A word error rate above 0.2 is a wrong transcript:
 *
 *   | least confidence | used | wrong among them | highest rate | right ones refused |
 *   |---|---|---|---|---|
 *   | 0.62 | 23 | 5 | 0.66 | 1 of 19 |
 *   | 0.68 | 14 | 1 | 0.23 | 6 |
 *   | 0.70 | 11 | 0 | 0.19 | 8 |
 *   | 0.72 | 8 | 0 | 0.19 | 11 |
 *
 *   It is too sure of itself without high frequencies (0.66 at 0.68) and with single voices (0.34 at 0.67; another
 *   recording came out at 0.26 with 0.71), hence 0.72. What is refused in error costs a person's time, what is let
 *   through in error a candidate.
 * - openai-compatible: `exp(-1)`, below which Whisper itself takes its decoding for failed (`logprob_threshold`).
 */
const leastConfidence: Readonly<Record<string, number>> = {
  pocketsphinx: 0.72,
  'openai-compatible': Math.exp(-1),
}

/** For an engine that nobody has measured: rather refused. */
const leastConfidenceOfOthers = 0.72

/**
 * Why a transcript must not be scored and a person has to listen instead; `undefined` when it may be used. That an
 * engine does not say how sure it is, is a reason too, unless `acceptWithoutConfidence`.
 */
export function whyUnusable(
  transcript: Transcript,
  voice: VoiceActivity,
  { acceptWithoutConfidence = false } = {},
): TranscriptRefusal | undefined {
  const voiced = voice.voiced.reduce((sum, { start, end }) => sum + end - start, 0)
  const { words, confidence, engine } = transcript
  if (voiced < leastVoice || words.length === 0) {
    return { code: 'no-speech', reason: 'No speech was found in the recording.' }
  }
  if (voiced / voice.seconds < leastVoiceShare) {
    return { code: 'mostly-silence', reason: 'The recording is mostly silence.' }
  }
  if ((words.length / voiced) * 60 < leastRate) {
    const reason = 'Far fewer words were understood than must have been said, or what is heard is no speech.'
    return { code: 'too-few-words', reason }
  }
  if (confidence === undefined) {
    if (acceptWithoutConfidence) return undefined
    return { code: 'no-confidence', reason: 'The transcriber does not say how sure it is of its words.' }
  }
  if (confidence < (leastConfidence[engine] ?? leastConfidenceOfOthers)) {
    return { code: 'low-confidence', reason: 'The transcriber is not sure enough of what was said.' }
  }
  return undefined
}
