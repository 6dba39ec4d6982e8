import type { Transcriber } from '../domain/transcriber.ts'
import type { TranscriberConfig } from './config.ts'

/**
 * The transcriber that the configuration names, with only its own libraries loaded.
 * Rejects, at boot, when the configuration lacks what that transcriber needs.
 */
export async function createTranscriber(config: TranscriberConfig): Promise<Transcriber> {
  if (config.transcriber === 'pocketsphinx') {
    return (await import('./pocketsphinx/index.ts')).pocketsphinxTranscriber(config)
  }
  return (await import('./openai-compatible/index.ts')).openAiCompatibleTranscriber(config)
}
