import type { authContract } from '@cenopie/auth-contract'
import type { Handlers } from '@cenopie/platform-runtime'

/** The handler of one operation of the contract. */
export type Handle<K extends keyof typeof authContract.operations> = Handlers<typeof authContract>[K]

/** The answer to whoever asked for a mail; it says nothing about whether one was sent. */
export const checkYourMail = { next: 'check-your-mail' } as const
