import { event, id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { handleName } from './fields.ts'
import { headline, location, name } from './profile.ts'
import { skills } from './sections.ts'
import { discoverable, visibility } from './visibility.ts'

/**
 * A profile was created or changed, or who may see it. What nobody but the owner may see is not in it (empty text,
 * empty list, false); whoever shows the rest must honour `visibility`, and `discoverable` in lists and searches. The
 * entity is the user.
 */
export const profileUpdated = event(
  'users.profile-updated',
  1,
  z.object({
    userId: id,
    handle: handleName.optional(),
    name,
    headline,
    location,
    openToWork: z.boolean(),
    skills,
    visibility,
    discoverable: discoverable.optional().describe('Absent in news from before there was a choice: true.'),
  }),
)

/** A profile is gone for good: whoever keeps something of it forgets it too. The entity is the user. */
export const profileErased = event(
  'users.profile-erased',
  1,
  z.object({ userId: id, receiptId: id, erasedAt: timestamp }),
)

const pair = z.object({ blockerId: id, blockedId: id })

/**
 * A member blocked another: neither may see anything of the other. The entity is the pair (`blocker:blocked`), so the
 * two directions are two entities. A later fact of a pair has a higher version, though not the next one.
 */
export const memberBlocked = event('users.member-blocked', 1, pair)

/** A block was lifted; one in the other direction still stands. The entity is that of the block. */
export const memberUnblocked = event('users.member-unblocked', 1, pair)
