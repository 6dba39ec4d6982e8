import type { Transcript } from './transcript.ts'

/** A recording's sound track as a local file of any form that ffmpeg reads. */
export interface SpeechAudio {
  readonly path: string
  /** As the recording's own probe measured it; the length is measured again when the file is read. */
  readonly seconds: number
  /** BCP 47 tag of what is spoken: `en`, `en-GB`, `de`. */
  readonly language: string
}

export interface TranscriptionOptions {
  readonly signal: AbortSignal
  /** The same on every try of one transcription, so that a provider may answer a repeat without new cost. */
  readonly idempotencyKey: string
  /** Asked before each part of the sound is handed over; rejects when it must not be (any more). */
  readonly permit: (engineVersion: string) => Promise<void>
}

/**
 * Writes down what is said, word by word with its times. It says nothing of who speaks: no inference of emotion, age,
 * gender or origin. `engine` and the transcript's `engineVersion` are kept with every transcript.
 * Rejects with `TranscriptionError`, with what `permit` rejects with, or with the signal's own reason once it is aborted.
 */
export interface Transcriber {
  readonly engine: string
  transcribe(audio: SpeechAudio, options: TranscriptionOptions): Promise<Transcript>
}

const reasons = {
  /** This transcriber does not write the language spoken. */
  'language-unsupported': { retryable: false },
  /** More seconds than this transcriber is configured to take. */
  'too-long': { retryable: false },
  /** The file cannot be read as sound. */
  'audio-unreadable': { retryable: false },
  /** The provider refuses this request for good: credentials, model or policy. */
  'provider-refused': { retryable: false },
  /** The provider does not answer, answers 5xx or 429, or ran out of time. */
  'provider-unavailable': { retryable: true },
  /** The provider's answer does not have the agreed form. */
  'malformed-result': { retryable: true },
  /** A program is not installed here, or its model is not; an operator can put that right. */
  'program-missing': { retryable: true },
  /** A program ended by itself, by its limits or by somebody's hand. */
  'program-failed': { retryable: true },
} as const

export type TranscriptionErrorReason = keyof typeof reasons

/** Why there is no transcript. The message is fit for an operator and holds nothing of what was said. */
export class TranscriptionError extends Error {
  readonly reason: TranscriptionErrorReason
  /** Whether another try can end differently; if not, the task need not spend its attempts. */
  readonly retryable: boolean

  constructor(reason: TranscriptionErrorReason, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'TranscriptionError'
    this.reason = reason
    this.retryable = reasons[reason].retryable
  }
}
