import type { jobsContract } from '@cenopie/jobs-contract'
import type { Handlers } from '@cenopie/platform-runtime'

/** What carries out one operation of this domain. */
export type Handler<K extends keyof (typeof jobsContract)['operations']> = Handlers<typeof jobsContract>[K]
