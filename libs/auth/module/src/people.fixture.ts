import { vi } from 'vitest'
import { authContract, authEvents, Tokens } from '@cenopie/auth-contract'
import type { EventType } from '@cenopie/platform-contract'
import { testModule } from '@cenopie/platform-testing'
import type { HttpAnswer, TestModule } from '@cenopie/platform-testing'
import type { z } from 'zod'
import { auth } from './index.ts'

export type App = TestModule<typeof authContract>
export type TokenPair = z.output<typeof Tokens>

export const password = 'correct horse battery'
const base = '/api/v1/auth'

export function startAuth(config: Record<string, string | number> = {}): Promise<App> {
  return testModule(auth, { config: { hashesWaiting: 1000, ...config } })
}

/** Somebody who uses the API: requests carry their access token. */
export interface Person {
  id: string
  email: string
  tokens: TokenPair
  send(method: string, path: string, body?: unknown): Promise<HttpAnswer>
}

export function send(
  app: App,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  return app.http({ method, url: `${base}${path}`, headers, ...(body !== undefined && { body }) })
}

let counter = 0
/** An address that no other test of this process uses. */
export function freshEmail(name = 'ada'): string {
  counter += 1
  return `${name}-${counter}@example.com`
}

export async function signIn(app: App, email: string, secret = password): Promise<TokenPair> {
  const answer = await send(app, 'POST', '/sign-in', { email, password: secret })
  return Tokens.parse(answer.body)
}

export function personWith(app: App, id: string, email: string, tokens: TokenPair): Person {
  return {
    id,
    email,
    tokens,
    send: (method, path, body) =>
      app.http({
        method,
        url: `${base}${path}`,
        token: tokens.accessToken,
        ...(body !== undefined && { body }),
      }),
  }
}

/** Signed up, address confirmed unless `verified` is false, signed in. */
export async function person(app: App, { verified = true, email = freshEmail() } = {}): Promise<Person> {
  await send(app, 'POST', '/sign-up', { email, password, name: 'Ada Lovelace' })
  if (verified) await confirm(app, email)
  const tokens = await signIn(app, email)
  const [row] = await app.sql<{ id: string }>('SELECT id FROM users WHERE email = $1', [email])
  return personWith(app, row?.id ?? '', email, tokens)
}

export async function confirm(app: App, email: string): Promise<HttpAnswer> {
  const { token } = await lastOf(app, authEvents.emailVerificationRequested, { email })
  return send(app, 'POST', '/email-verification/confirm', { token })
}

/** Payloads of what was published, of those that match. */
export async function payloads<P extends z.ZodType>(
  app: App,
  event: EventType<P>,
  match: Record<string, unknown> = {},
): Promise<z.output<P>[]> {
  const envelopes = await app.published(event)
  return envelopes
    .map(({ payload }) => payload)
    .filter((payload) =>
      Object.entries(match).every(([key, value]) => (payload as Record<string, unknown>)[key] === value),
    )
}

export async function lastOf<P extends z.ZodType>(
  app: App,
  event: EventType<P>,
  match: Record<string, unknown> = {},
): Promise<z.output<P>> {
  // A try of the mail task that failed on a busy machine is repeated seconds later, which `idle` does not wait for.
  const published = () => payloads(app, event, match)
  const last = await vi
    .waitUntil(async () => (await published()).at(-1), { timeout: 10_000 })
    .catch(() => undefined)
  if (last === undefined) throw new Error(`no ${event.name} was published for ${JSON.stringify(match)}`)
  return last
}

/** What a stranger can compare: everything but the request's own id. */
export function visible({ status, body }: HttpAnswer): unknown {
  const { requestId: _requestId, instance: _instance, ...rest } = body as Record<string, unknown>
  return { status, body: rest }
}
