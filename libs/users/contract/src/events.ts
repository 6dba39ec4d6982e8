import { event, id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { handleName } from './fields.ts'
import { headline, location, name } from './profile.ts'
import { skills } from './sections.ts'
import { visibility } from './visibility.ts'

/**
 * A profile was created or changed, or who may see it. What nobody but the owner may see is not in it (empty text,
 * empty list, false); whoever shows the rest must honour `visibility`. The entity is the user.
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
  }),
)

/** A profile is gone for good: whoever keeps something of it forgets it too. The entity is the user. */
export const profileErased = event(
  'users.profile-erased',
  1,
  z.object({ userId: id, receiptId: id, erasedAt: timestamp }),
)
