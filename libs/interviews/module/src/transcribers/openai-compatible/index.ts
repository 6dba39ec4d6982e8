import { toFile } from 'openai'
import { TranscriptionError, type Transcriber } from '../../domain/transcriber.ts'
import { openAiClient } from '../../providers/openai-client.ts'
import { providerFailure } from '../../providers/openai-failure.ts'
import { bytesPerSecond, wav } from '../audio/pcm.ts'
import { chunkedTranscriber, type HearingOptions } from '../chunked.ts'
import type { TranscriberConfig } from '../config.ts'
import { parseResponse } from './response.ts'

/** Of one request, seconds: ten minutes are quicker to send again than an hour. */
const longestChunk = 600

/** Room for the header and the other fields of the form. */
const formBytes = 8192

/**
 * Asks any endpoint that speaks OpenAI's transcriptions with times of words. The sound is sent as 16 kHz WAV under a
 * name of no meaning, without the recording's metadata, and not at all where nobody speaks: Whisper makes up words for
 * silence. What is too long for one request goes in several, each with an idempotency key of its own.
 */
export function openAiCompatibleTranscriber(config: TranscriberConfig): Transcriber {
  if (!config.transcriberModel) {
    throw new Error('transcriberModel: name the model that the openai-compatible transcriber asks')
  }
  const client = openAiClient({
    role: 'transcriber',
    baseUrl: config.transcriberBaseUrl,
    apiKey: config.transcriberApiKey,
    timeoutSeconds: config.transcriberTimeoutSeconds,
  })
  const languages = config.transcriberLanguages.split(',').filter((language) => language !== '')
  const recogniser = {
    engine: 'openai-compatible',
    longestChunk: Math.min(longestChunk, (config.transcriberMaxBytes - formBytes) / bytesPerSecond),
    unsupported(language: string) {
      if (languages.length === 0 || languages.includes(language)) return undefined
      return `The language "${language}" is none that the provider is trusted with.`
    },
    version: () => Promise.resolve(config.transcriberModel),
    async hear(pcm: Uint8Array, language: string, { signal, idempotencyKey }: HearingOptions) {
      const answer: unknown = await client.audio.transcriptions
        .create(
          {
            file: await toFile(wav(pcm), 'speech.wav', { type: 'audio/wav' }),
            model: config.transcriberModel,
            language,
            response_format: 'verbose_json',
            timestamp_granularities: ['word', 'segment'],
          },
          { signal, headers: { 'Idempotency-Key': idempotencyKey } },
        )
        .catch((error: unknown) => {
          signal.throwIfAborted()
          const { reason, message, cause } = providerFailure(error)
          throw new TranscriptionError(reason, message, { cause })
        })
      return parseResponse(answer)
    },
  }
  return chunkedTranscriber(recogniser, config.transcriberMaxSeconds)
}
