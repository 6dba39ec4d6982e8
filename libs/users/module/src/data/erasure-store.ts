import type { CallContext } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { erasureReceipt, profileErased, type ErasureReceipt } from '@cenopie/users-contract'
import type { Erasure, PrismaClient } from './generated/client.ts'
import { toOwnProfile } from './profile-rows.ts'

export type ErasureStore = ReturnType<typeof erasureStore>

export function erasureStore(prisma: PrismaClient, outbox: Outbox) {
  return {
    async receipt(userId: string): Promise<ErasureReceipt | undefined> {
      const row = await prisma.erasure.findUnique({ where: { userId } })
      return row ? toReceipt(row) : undefined
    },

    /** Removes everything about the member and keeps a receipt; undefined if there was no profile. */
    erase(call: CallContext, userId: string): Promise<ErasureReceipt | undefined> {
      return prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select from profile where user_id = ${userId}::uuid for update`
        const row = await tx.profile.findUnique({ where: { userId } })
        if (!row) return undefined
        const { version, experience, education, skills, languages } = toOwnProfile(row)
        const { count: handles } = await tx.handle.deleteMany({ where: { userId } })
        const { count: blocks } = await tx.block.deleteMany({ where: { blockerId: userId } })
        const { count: mutes } = await tx.mute.deleteMany({ where: { muterId: userId } })
        // Not counted: a receipt must not tell how many had blocked or muted its holder.
        await tx.block.deleteMany({ where: { blockedId: userId } })
        await tx.mute.deleteMany({ where: { mutedId: userId } })
        const { count: profiles } = await tx.profile.deleteMany({ where: { userId } })
        const erasure = await tx.erasure.create({
          data: {
            id: newId(),
            userId,
            erasedAt: new Date(),
            removed: {
              profiles,
              handles,
              experience: experience.length,
              education: education.length,
              skills: skills.length,
              languages: languages.length,
              blocks,
              mutes,
            },
          },
        })
        const { receiptId, erasedAt, removed } = toReceipt(erasure)
        await outbox.publish(tx, call, profileErased, {
          entity: { id: userId, version: version + 1 },
          payload: { userId, receiptId, erasedAt },
        })
        return { receiptId, erasedAt, removed }
      })
    },
  }
}

function toReceipt({ id, erasedAt, removed }: Erasure): ErasureReceipt {
  // Receipts from before there were blocks and mutes do not count them.
  const counts = { blocks: 0, mutes: 0, ...(removed as object) }
  return erasureReceipt.parse({ receiptId: id, erasedAt: erasedAt.toISOString(), removed: counts })
}
