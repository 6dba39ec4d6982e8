import type { CallContext } from '@cenopie/platform-contract'
import type { ProfileStore } from '../data/profile-store.ts'
import { summaryOf } from '../domain/summary.ts'
import type { ProfileOf } from './profile-of.ts'

/** What other modules show of people. */
export function summaryOperations(profiles: ProfileStore, profileOf: ProfileOf) {
  return {
    getProfileSummary: async ({ userId }: { userId: string }, call: CallContext) =>
      summaryOf(await profileOf(userId, call)),
    getProfileSummaries: async ({ userIds }: { userIds: string[] }) => ({
      items: await profiles.summaries(userIds),
    }),
  }
}
