import OpenAI from 'openai'
import type { AnalystConfig } from '../config.ts'

/** The task retries over minutes; the SDK only bridges one short hiccup, within the task's time limit. */
const retries = 1

/**
 * A client that talks to the configured address and to nothing else: no redirect is followed, and neither address
 * nor credentials come from the SDK's own environment variables. Answers are personal data, so plain HTTP is accepted to this machine only.
 */
export function openAiClient(config: AnalystConfig): OpenAI {
  const base = new URL(config.analystBaseUrl)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(base.hostname)
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && local)) {
    throw new Error(`analystBaseUrl ${base.origin}: answers are sent over HTTPS only`)
  }
  if (base.username || base.password || base.search || base.hash) {
    throw new Error('analystBaseUrl: give an origin and a path, and the key in analystApiKey')
  }
  return new OpenAI({
    baseURL: base.href,
    // Servers of one's own often want no key, the SDK always does.
    apiKey: config.analystApiKey || 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: retries,
    timeout: config.analystTimeoutSeconds * 1000,
    fetchOptions: { redirect: 'manual' },
  })
}
