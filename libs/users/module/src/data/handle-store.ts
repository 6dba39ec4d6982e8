import { Fault, faults, type CallContext } from '@cenopie/platform-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { usersFaults, type OwnProfile } from '@cenopie/users-contract'
import { announceProfile } from './announce.ts'
import type { PrismaClient } from './generated/client.ts'
import { toOwnProfile } from './profile-rows.ts'

export type HandleStore = ReturnType<typeof handleStore>

/** Handles a member may hold, former ones included: enough to change one's mind, too few to hoard names. */
const handlesPerMember = 10

export function handleStore(prisma: PrismaClient, outbox: Outbox) {
  return {
    /** @throws Fault users.handle-taken, users.too-many-handles, not-found */
    choose(call: CallContext, userId: string, handle: string): Promise<OwnProfile> {
      return prisma.$transaction(async (tx) => {
        // Locks the member's row, so that two choices at once count their handles one after the other.
        await tx.$queryRaw`select from profile where user_id = ${userId}::uuid for update`
        const before = await tx.profile.findUnique({ where: { userId } })
        if (!before) throw new Fault(faults.notFound)
        if (before.handle === handle) return toOwnProfile(before)

        await tx.handle.createMany({ data: { name: handle, userId }, skipDuplicates: true })
        const held = await tx.handle.findMany({ where: { userId }, select: { name: true } })
        if (!held.some(({ name }) => name === handle)) throw new Fault(usersFaults.handleTaken)
        if (held.length > handlesPerMember) throw new Fault(usersFaults.tooManyHandles)

        const row = await tx.profile.update({
          where: { userId },
          data: { handle, version: { increment: 1 }, updatedAt: new Date() },
        })
        const saved = toOwnProfile(row)
        await announceProfile(outbox, tx, call, saved)
        return saved
      })
    },

    /** The current handle and the former ones, newest first. */
    async held(userId: string): Promise<string[]> {
      const rows = await prisma.handle.findMany({ where: { userId }, orderBy: { createdAt: 'desc' } })
      return rows.map(({ name }) => name)
    },
  }
}
