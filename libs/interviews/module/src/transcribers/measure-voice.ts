import type { VoiceActivity } from '../domain/speech-measures.ts'
import { withSpeech, type SpeechOptions } from './audio/speech.ts'

/** Reads a recording's sound for `speechMeasures` and `transcriptIsUsable`. Rejects as `withSpeech` does. */
export function measureVoice(path: string, options: SpeechOptions): Promise<VoiceActivity> {
  return withSpeech(path, options, ({ seconds, voiced }) => Promise.resolve({ seconds, voiced }))
}
