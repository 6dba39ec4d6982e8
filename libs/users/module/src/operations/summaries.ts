import type { CallContext } from '@cenopie/platform-contract'
import type { VisibleProfiles } from '../data/visible-profiles.ts'
import { found } from './found.ts'
import type { ProfileOf } from './profile-of.ts'

/** What other modules show of people. */
export function summaryOperations(visible: VisibleProfiles, profileOf: ProfileOf) {
  return {
    async getProfileSummary({ userId }: { userId: string }, call: CallContext) {
      const find = async () => (await visible.summaries(call.actor, [userId])).at(0)
      const known = await find()
      if (known) return known
      await profileOf(userId, call)
      return found(await find())
    },
    getProfileSummaries: async ({ userIds }: { userIds: string[] }, call: CallContext) => ({
      items: await visible.summaries(call.actor, userIds),
    }),
  }
}
