import type { NotificationChannel, NotificationType } from '@cenopie/notifications-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { PrismaClient } from './generated/client.ts'

export interface Choice {
  type: NotificationType
  channel: NotificationChannel
}

export function preferenceStore(prisma: PrismaClient) {
  return {
    /** What a user chose; what is missing was never chosen. */
    async list(userId: string) {
      return prisma.preference.findMany({ where: { userId } })
    },

    async get(userId: string, { type, channel }: Choice): Promise<boolean | undefined> {
      const row = await prisma.preference.findUnique({
        where: { userId_type_channel: { userId, type, channel } },
      })
      return row?.enabled
    },

    async set(userId: string, { type, channel }: Choice, enabled: boolean): Promise<void> {
      await prisma.preference.upsert({
        where: { userId_type_channel: { userId, type, channel } },
        create: { userId, type, channel, enabled },
        update: { enabled },
      })
    },
  }
}

export type PreferenceStore = ReturnType<typeof preferenceStore>

/** Who of these users turned a type off, as `user channel`. */
export async function turnedOff(
  db: Queryable,
  userIds: string[],
  type: NotificationType,
): Promise<Set<string>> {
  const rows = await db.query<{ user_id: string; channel: NotificationChannel }>(
    'SELECT user_id, channel FROM preference WHERE user_id = ANY($1::uuid[]) AND type = $2 AND NOT enabled',
    [userIds, type],
  )
  return new Set(rows.map(({ user_id, channel }) => `${user_id} ${channel}`))
}
