import { authContract } from '@cenopie/auth-contract'
import { interviewsContract } from '@cenopie/interviews-contract'
import { jobsContract } from '@cenopie/jobs-contract'
import { mediaContract } from '@cenopie/media-contract'
import { notificationsContract } from '@cenopie/notifications-contract'
import { searchContract } from '@cenopie/search-contract'
import { usersContract } from '@cenopie/users-contract'
import { httpClient, type Connection } from '../client/client.ts'
import { tokenIn } from '../client/mailbox.ts'
import type { Stage } from './stage.ts'

/** Everything the platform offers over HTTP, as one caller. */
export function api(connection: Connection) {
  return {
    auth: httpClient(authContract, connection),
    users: httpClient(usersContract, connection),
    jobs: httpClient(jobsContract, connection),
    interviews: httpClient(interviewsContract, connection),
    notifications: httpClient(notificationsContract, connection),
    search: httpClient(searchContract, connection),
    media: httpClient(mediaContract, connection),
  }
}

type Session = Awaited<ReturnType<Api['auth']['signIn']>>
export type Api = ReturnType<typeof api>

/** Somebody with an account; the calls carry the latest access token. */
export class Person {
  readonly name: string
  readonly email: string
  password: string
  readonly api: Api
  /** The stage's. */
  readonly unique: () => string
  private session: Session | undefined

  constructor(stage: Omit<Stage, 'step' | 'mailbox'>, name: string) {
    const { url, observe, deliver, unique } = stage
    const id = unique()
    this.unique = unique
    this.name = name
    this.email = `${name.toLowerCase().replaceAll(' ', '.')}.${id}@example.com`
    this.password = `not a guess ${id}`
    this.api = api({ url, observe, deliver, token: () => this.session?.accessToken })
  }

  async signUp(): Promise<void> {
    await this.api.auth.signUp({ name: this.name, email: this.email, password: this.password })
  }

  /** Follows the link of the confirmation mail. */
  async confirmAddress(stage: Pick<Stage, 'mailbox'>): Promise<void> {
    const mail = await stage.mailbox.waitFor(this.email, /confirm/i)
    await this.api.auth.confirmEmail({ token: tokenIn(mail) })
  }

  async signIn(): Promise<void> {
    this.session = await this.api.auth.signIn({ email: this.email, password: this.password })
  }

  /** New tokens for the same session: they name companies joined since. */
  async refresh(): Promise<void> {
    if (!this.session) throw new Error(`${this.name} is not signed in`)
    this.session = await this.api.auth.refresh({ refreshToken: this.session.refreshToken })
  }
}

/** Somebody new with a confirmed address and a session. */
export async function newcomer(stage: Omit<Stage, 'step'>, name: string): Promise<Person> {
  const person = new Person(stage, name)
  await person.signUp()
  await person.confirmAddress(stage)
  await person.signIn()
  return person
}
