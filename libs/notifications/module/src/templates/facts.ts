import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'

/** What most templates speak of. Lengths were checked by whoever published the event. */
export const words = z.string()

export const link = z.object({ token: words, expiresAt: timestamp })

export const application = z.object({ companyName: words, title: words, candidateName: words, postingId: id })

export const decision = z.enum(['advance', 'reject'])

export const interview = z.object({ companyName: words, title: words, candidateName: words })
