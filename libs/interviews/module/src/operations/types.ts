import type { interviewsContract } from '@cenopie/interviews-contract'
import type { Handlers } from '@cenopie/platform-runtime'

type All = Handlers<typeof interviewsContract>

/** The handlers of some operations of the contract. */
export type Operations<K extends keyof All> = Pick<All, K>
