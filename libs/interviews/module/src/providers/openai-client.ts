import OpenAI from 'openai'

/** The task retries over minutes; the SDK only bridges one short hiccup, within the task's time limit. */
const retries = 1

export interface Provider {
  /** Whose settings these are: `analyst` or `transcriber`. */
  readonly role: string
  readonly baseUrl: string
  readonly apiKey: string
  /** Of one request. */
  readonly timeoutSeconds: number
}

/**
 * A client that talks to the configured address and to nothing else: no redirect is followed, and neither address
 * nor credentials come from the SDK's own environment variables. Answers are personal data, so plain HTTP is accepted
 * to this machine only. Throws, naming the setting, when the address is not one to send them to.
 */
export function openAiClient({ role, baseUrl, apiKey, timeoutSeconds }: Provider): OpenAI {
  const base = new URL(baseUrl)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(base.hostname)
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && local)) {
    throw new Error(`${role}BaseUrl ${base.origin}: answers are sent over HTTPS only`)
  }
  if (base.username || base.password || base.search || base.hash) {
    throw new Error(`${role}BaseUrl: give an origin and a path, and the key in ${role}ApiKey`)
  }
  return new OpenAI({
    baseURL: base.href,
    // Servers of one's own often want no key, the SDK always does.
    apiKey: apiKey || 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: retries,
    timeout: timeoutSeconds * 1000,
    fetchOptions: { redirect: 'manual' },
  })
}
