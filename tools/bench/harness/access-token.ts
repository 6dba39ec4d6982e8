import type { Person } from '@cenopie/e2e'

/** A fresh access token; they live five minutes, longer than any round. */
export async function accessToken({ api, email, password }: Person): Promise<string> {
  const tokens = await api.auth.signIn({ email, password })
  return tokens.accessToken
}
