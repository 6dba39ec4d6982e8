import type { Handlers } from '@cenopie/platform-runtime'
import type { searchContract } from '@cenopie/search-contract'

export type Handler<K extends keyof Handlers<typeof searchContract>> = Handlers<typeof searchContract>[K]
