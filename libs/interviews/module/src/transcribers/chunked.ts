import { TranscriptionError, type Transcriber, type TranscriptionOptions } from '../domain/transcriber.ts'
import { meanConfidence, type SpokenWord } from '../domain/transcript.ts'
import { tooLong, withSpeech } from './audio/speech.ts'
import { shiftWords } from './shift-words.ts'

export type HearingOptions = Omit<TranscriptionOptions, 'permit'>

/** What recognises one chunk of speech. */
export interface Recogniser {
  readonly engine: string
  /** Why it cannot write this primary language (`en`), or nothing. */
  unsupported(language: string): string | undefined
  /** Seconds of the longest chunk it is given. */
  readonly longestChunk: number
  /** Told once for each recording; rejects where this recogniser cannot work here. */
  version(signal: AbortSignal): Promise<string>
  /** Words of 16 kHz 16-bit PCM, in seconds from its start. The idempotency key is the chunk's own. */
  hear(pcm: Uint8Array, language: string, options: HearingOptions): Promise<SpokenWord[]>
}

/**
 * A transcriber that hands a recogniser the voiced parts of a recording one after the other, so that time and memory
 * of each step are bounded and nothing is asked about silence.
 */
export function chunkedTranscriber(recogniser: Recogniser, maxSeconds: number): Transcriber {
  const { engine } = recogniser
  return {
    engine,
    async transcribe({ path, seconds, language }, { signal, idempotencyKey, permit }) {
      const primary = language.toLowerCase().split('-')[0] ?? ''
      const unsupported = recogniser.unsupported(primary)
      if (unsupported !== undefined) throw new TranscriptionError('language-unsupported', unsupported)
      if (seconds > maxSeconds) throw tooLong(maxSeconds)
      const engineVersion = await recogniser.version(signal)
      const words = await withSpeech(path, { maxSeconds, signal }, async (speech) => {
        const heard: SpokenWord[] = []
        for (const [at, chunk] of speech.chunks(recogniser.longestChunk).entries()) {
          const options = { signal, idempotencyKey: `${idempotencyKey}-${at}` }
          const pcm = await speech.pcm(chunk)
          await permit(engineVersion)
          const said = await recogniser.hear(pcm, primary, options)
          heard.push(...shiftWords(said, chunk))
        }
        return heard
      })
      const confidence = meanConfidence(words)
      return { language, words, ...(confidence === undefined ? {} : { confidence }), engine, engineVersion }
    },
  }
}
