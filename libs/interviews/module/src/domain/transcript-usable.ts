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
 * - pocketsphinx: measured as the adapter runs Debian's en-us model, on recordings of 15–20 s. Where the word error
 *   rate was 0.22 or less (flite's voices, one also through Opus at 24 kbit/s): 0.66–0.76. Where it was 0.27 or more
 *   (pink noise 28 dB below, a low-pass at 600 Hz, espeak-ng): 0.41–0.61; louder noise, other voices over the first
 *   and speech played backwards lie far below. What is refused in error costs a person's time, what is let through in
 *   error a candidate.
 * - openai-compatible: `exp(-1)`, below which Whisper itself takes its decoding for failed (`logprob_threshold`).
 */
const leastConfidence: Readonly<Record<string, number>> = {
  pocketsphinx: 0.62,
  'openai-compatible': Math.exp(-1),
}

/** For an engine that nobody has measured: rather refused. */
const leastConfidenceOfOthers = 0.62

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
