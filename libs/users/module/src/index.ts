import { authContract } from '@cenopie/auth-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { usersContract } from '@cenopie/users-contract'
import { blockStore } from './data/block-store.ts'
import { prismaClient } from './data/client.ts'
import { erasureStore } from './data/erasure-store.ts'
import { handleStore } from './data/handle-store.ts'
import { muteStore } from './data/mute-store.ts'
import { profileStore } from './data/profile-store.ts'
import { snapshots } from './data/snapshots.ts'
import { visibleProfiles } from './data/visible-profiles.ts'
import { directoryOperations } from './operations/directory.ts'
import { memberListOperations } from './operations/member-lists.ts'
import { ownProfileOperations } from './operations/own-profile.ts'
import { personalDataOperations } from './operations/personal-data.ts'
import { profileOf } from './operations/profile-of.ts'
import { snapshotOperations } from './operations/snapshots.ts'
import { summaryOperations } from './operations/summaries.ts'
import { createProfileOnRegistration } from './reactions/create-profile.ts'

export const users = defineModule({
  contract: usersContract,
  requires: { auth: authContract },
  prisma: new URL('../prisma/', import.meta.url),
  start({ database, outbox, requires }) {
    const prisma = prismaClient(database)
    const profiles = profileStore(database, prisma, outbox)
    const handles = handleStore(prisma, outbox)
    const erasures = erasureStore(prisma, outbox)
    const visible = visibleProfiles(database)
    const lists = { blocks: blockStore(database, outbox), mutes: muteStore(database) }
    const existing = profileOf(profiles, erasures, requires.auth)
    return {
      operations: {
        ...ownProfileOperations(profiles, handles, existing),
        ...directoryOperations(visible),
        ...memberListOperations(lists.blocks, lists.mutes, existing),
        ...personalDataOperations({ erasures, handles, ...lists }, existing),
        ...summaryOperations(visible, existing),
        ...snapshotOperations(snapshots(database, prisma)),
      },
      on: [createProfileOnRegistration(outbox)],
      close: () => prisma.$disconnect(),
    }
  },
})
