import { id, page, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { name } from './profile.ts'

/** Somebody whom a member has blocked or muted. */
export const memberEntry = z
  .object({
    userId: id,
    name: name
      .optional()
      .describe('Left out where the profile would not be yours to see without your block.'),
    since: timestamp,
  })
  .meta({ id: 'MemberEntry' })

export const memberEntryPage = page(memberEntry).meta({ id: 'MemberEntryPage' })

export type MemberEntry = z.output<typeof memberEntry>
