import type { mediaContract } from '@cenopie/media-contract'
import type { Handlers } from '@cenopie/platform-runtime'

export type Handler<K extends keyof typeof mediaContract.operations> = Handlers<typeof mediaContract>[K]
