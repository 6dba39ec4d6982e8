import { Fault, faults, type CallContext } from '@cenopie/platform-contract'
import type { ProfileSummary } from '@cenopie/users-contract'
import type { ProfileStore } from '../data/profile-store.ts'
import type { ProfileOf } from './profile-of.ts'

/** What other modules show of people. */
export function summaryOperations(profiles: ProfileStore, profileOf: ProfileOf) {
  return {
    async getProfileSummary({ userId }: { userId: string }, call: CallContext): Promise<ProfileSummary> {
      await profileOf(userId, call)
      const [summary] = await profiles.summaries([userId])
      if (!summary) throw new Fault(faults.notFound)
      return summary
    },

    getProfileSummaries: async ({ userIds }: { userIds: string[] }) => ({
      items: await profiles.summaries(userIds),
    }),
  }
}
