import type { Notification as Wire, NotificationSubject } from '@cenopie/notifications-contract'
import { typeOf, type NotificationKind } from '../domain/kinds.ts'
import type { Notification as Row, Prisma, PrismaClient } from './generated/client.ts'

export type Filter = 'all' | 'unread' | 'archived'

interface Change {
  read: boolean | undefined
  archived: boolean | undefined
}

/** Everything here belongs to one user: the id is part of every query. */
export function inboxStore(prisma: PrismaClient) {
  const { notification } = prisma
  return {
    /** Newest first; `before` is the id of the last row of the page before. */
    async list(userId: string, filter: Filter, limit: number, before?: string): Promise<Wire[]> {
      const rows = await notification.findMany({
        where: { userId, ...filters[filter], ...(before === undefined ? {} : { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.map(toWire)
    },

    async get(userId: string, id: string): Promise<Wire | undefined> {
      const row = await notification.findFirst({ where: { id, userId } })
      return row ? toWire(row) : undefined
    },

    /** Keeps the first time when it is read or archived already; undefined when the user has no such notification. */
    async update(userId: string, id: string, change: Change, now: Date) {
      return prisma.$transaction(async (tx) => {
        await mark(tx, { userId, id }, 'readAt', change.read, now)
        await mark(tx, { userId, id }, 'archivedAt', change.archived, now)
        const row = await tx.notification.findFirst({ where: { id, userId } })
        return row ? toWire(row) : undefined
      })
    },

    /** Returns how many were unread until now. */
    async markAllRead(userId: string, until: Date | undefined, now: Date): Promise<number> {
      // A transaction, so that how many they were is stored with it for a retry that would find none.
      return prisma.$transaction(async (tx) => {
        const { count } = await tx.notification.updateMany({
          where: { userId, ...filters.unread, ...(until === undefined ? {} : { createdAt: { lte: until } }) },
          data: { readAt: now },
        })
        return count
      })
    },

    async count(userId: string) {
      const [unread, inbox, archived] = await Promise.all([
        notification.count({ where: { userId, ...filters.unread } }),
        notification.count({ where: { userId, ...filters.all } }),
        notification.count({ where: { userId, ...filters.archived } }),
      ])
      return { unread, inbox, archived }
    },
  }
}

export type InboxStore = ReturnType<typeof inboxStore>

const filters = {
  all: { archivedAt: null },
  unread: { archivedAt: null, readAt: null },
  archived: { archivedAt: { not: null } },
} satisfies Record<Filter, Prisma.NotificationWhereInput>

async function mark(
  tx: Prisma.TransactionClient,
  where: { userId: string; id: string },
  field: 'readAt' | 'archivedAt',
  set: boolean | undefined,
  now: Date,
): Promise<void> {
  if (set === undefined) return
  const unmarked = set ? { [field]: null } : {}
  await tx.notification.updateMany({ where: { ...where, ...unmarked }, data: { [field]: set ? now : null } })
}

function toWire(row: Row): Wire {
  return {
    id: row.id,
    type: typeOf(row.type as NotificationKind),
    kind: row.type,
    title: row.title,
    body: row.body,
    subject: row.subject as NotificationSubject,
    createdAt: row.createdAt.toISOString(),
    ...(row.readAt && { readAt: row.readAt.toISOString() }),
    ...(row.archivedAt && { archivedAt: row.archivedAt.toISOString() }),
  }
}
