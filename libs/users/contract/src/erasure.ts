import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { handleName } from './fields.ts'
import { memberEntry } from './member-entry.ts'
import { ownProfile } from './profile.ts'

const count = z.int().min(0).max(1_000_000)

/** Everything this domain holds about the caller. */
export const profileExport = z
  .object({
    exportedAt: timestamp,
    profile: ownProfile,
    handles: z.array(handleName).max(10).describe('The current handle and those given up.'),
    blocks: z.array(memberEntry).max(1000),
    mutes: z.array(memberEntry).max(1000),
  })
  .meta({ id: 'ProfileExport' })

/** Proof of erasure; holds nothing personal. */
export const erasureReceipt = z
  .object({
    receiptId: id,
    erasedAt: timestamp,
    removed: z.object({
      profiles: count,
      handles: count,
      experience: count,
      education: count,
      skills: count,
      languages: count,
      blocks: count.describe('Those the member had set.'),
      mutes: count,
    }),
  })
  .meta({ id: 'ErasureReceipt' })

export type ErasureReceipt = z.output<typeof erasureReceipt>
export type ProfileExport = z.output<typeof profileExport>
