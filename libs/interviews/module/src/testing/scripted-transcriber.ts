import type { SpeechAudio, Transcriber, TranscriptionOptions } from '../domain/transcriber.ts'
import type { Transcript } from '../domain/transcript.ts'

type Script = (audio: SpeechAudio, options: TranscriptionOptions) => Promise<Transcript>

export interface ScriptedTranscriber extends Transcriber {
  /** The keys of what it was asked, in order. */
  readonly asked: string[]
  /** What it does from now on. */
  play(script: Script): void
}

/** A transcriber that hears what the test says; by default, the words of `sentence`, surely. */
export function scriptedTranscriber(): ScriptedTranscriber {
  let script: Script = () => Promise.resolve(heard(sentence))
  const asked: string[] = []
  return {
    engine: 'scripted',
    asked,
    play(next) {
      script = next
    },
    async transcribe(audio, options) {
      asked.push(options.idempotencyKey)
      await options.permit('1')
      return script(audio, options)
    },
  }
}

export const sentence = 'so um I took responsibility for it and we fixed it'

/** Two words a second. */
export function heard(text: string, confidence = 0.9): Transcript {
  const words = text
    .split(' ')
    .map((word, at) => ({ text: word, start: at / 2, end: at / 2 + 0.4, confidence }))
  return { language: 'en', words, confidence, engine: 'scripted', engineVersion: '1' }
}
