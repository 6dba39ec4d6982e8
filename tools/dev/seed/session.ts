import { authContract } from '@cenopie/auth-contract'
import { httpClient, Mailbox, Problem, tokenIn } from '@cenopie/e2e'
import { interviewsContract } from '@cenopie/interviews-contract'
import { jobsContract } from '@cenopie/jobs-contract'
import { usersContract } from '@cenopie/users-contract'
import { password, type Account } from './people.ts'

/** Where the data set goes. */
export interface Target {
  /** The API's, without trailing slash. */
  url: string
  mailbox: Mailbox
}

/**
 * A demo account that is signed in and whose address is confirmed, by the public API and the mail it sends. What an
 * earlier, interrupted try has left is used.
 */
export async function session({ url, mailbox }: Target, { name, email }: Account) {
  let token: string | undefined
  const connection = { url, token: () => token }
  const auth = httpClient(authContract, connection)
  const signIn = async () => {
    token = (await auth.signIn({ email, password })).accessToken
  }
  await signIn().catch(async (error: unknown) => {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    await auth.signUp({ name, email, password })
    const mail = await mailbox.waitFor(email, /confirm/i)
    await auth.confirmEmail({ token: tokenIn(mail) })
    await signIn()
  })
  return {
    auth,
    users: httpClient(usersContract, connection),
    jobs: httpClient(jobsContract, connection),
    interviews: httpClient(interviewsContract, connection),
    /** New tokens name companies joined since. */
    renew: signIn,
  }
}

export type Session = Awaited<ReturnType<typeof session>>
