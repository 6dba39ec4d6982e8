import { z } from 'zod'

const models = '/usr/share/pocketsphinx/model/en-us'
const path = z.string().min(1).max(4096)

/** Fields of the module's configuration that choose the transcriber; spread into its zod object. */
export const transcriberConfig = {
  transcriber: z
    .enum(['pocketsphinx', 'openai-compatible'])
    .default('pocketsphinx')
    .describe('`pocketsphinx` runs on this machine; `openai-compatible` asks a transcription endpoint.'),
  transcriberMaxSeconds: z.int().min(1).max(14_400).default(3600).describe('Of one recording.'),
  transcriberBaseUrl: z
    .url()
    .max(2048)
    .default('https://api.openai.com/v1')
    .describe('Up to and without `/audio/transcriptions`. HTTPS, or HTTP to this machine.'),
  transcriberApiKey: z.string().max(512).default('').meta({ secret: true }),
  transcriberModel: z
    .string()
    .max(128)
    .default('')
    .describe('Needed with `openai-compatible`; it must give word times, as `whisper-1` does.'),
  transcriberTimeoutSeconds: z.int().min(1).max(600).default(120).describe('Of one request to the provider.'),
  transcriberMaxBytes: z
    .int()
    .min(100_000)
    .max(1_000_000_000)
    .default(25_000_000)
    .describe('Largest file the provider takes; longer sound goes in several requests. OpenAI: 25 MB.'),
  transcriberLanguages: z
    .string()
    .regex(/^([a-z]{2,3}(,[a-z]{2,3})*)?$/)
    .default('')
    .describe('Languages the provider is trusted with, `en,de`; empty: any. (`openai-compatible`)'),
  transcriberAcceptWithoutConfidence: z
    .boolean()
    .default(false)
    .describe('Score transcripts of a provider that never says how sure it is. Default: people listen.'),
  transcriberRetention: z
    .string()
    .max(500)
    .default('')
    .describe('What the provider keeps of a recording, and how long: for receipts of erasures.'),
  pocketsphinxLanguage: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .default('en')
    .describe('What the models below are of.'),
  pocketsphinxAcousticModel: path.default(`${models}/en-us`).describe('Folder.'),
  pocketsphinxLanguageModel: path.default(`${models}/en-us.lm.bin`),
  pocketsphinxDictionary: path.default(`${models}/cmudict-en-us.dict`),
  pocketsphinxMemoryMb: z
    .int()
    .min(128)
    .max(16_384)
    .default(1024)
    .describe('Address space of the program, models included.'),
}

export type TranscriberConfig = z.output<z.ZodObject<typeof transcriberConfig>>
