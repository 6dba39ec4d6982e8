import { z } from 'zod'

/** Fields of the module's configuration that choose the analyst; spread into its zod object. */
export const analystConfig = {
  analyst: z
    .enum(['local', 'openai-compatible'])
    .default('local')
    .describe('`local` reads English in this process; `openai-compatible` asks a chat endpoint.'),
  analystBaseUrl: z
    .url()
    .max(2048)
    .default('https://api.openai.com/v1')
    .describe('Up to and without `/chat/completions`. HTTPS, or HTTP to this machine.'),
  analystApiKey: z.string().max(512).default('').meta({ secret: true }),
  analystModel: z.string().max(128).default('').describe('Needed with `openai-compatible`.'),
  analystTimeoutSeconds: z.int().min(1).max(300).default(45).describe('Of one request to the provider.'),
  analystMaxOutputTokens: z.int().min(256).max(65_536).default(4096),
  analystAskNotToStore: z
    .boolean()
    .default(true)
    .describe('Send `store: false`. Off for providers that refuse the field, as Google and Mistral do.'),
  analystRetention: z
    .string()
    .max(500)
    .default('')
    .describe('What the provider keeps of a request, and how long: for receipts of erasures.'),
  analystInputUsdPerMillion: z.number().min(0).max(10_000).optional().describe('Price of 10⁶ input tokens.'),
  analystOutputUsdPerMillion: z
    .number()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Price of 10⁶ output tokens.'),
}

export type AnalystConfig = z.output<z.ZodObject<typeof analystConfig>>
