import type { notificationsContract } from '@cenopie/notifications-contract'
import { Fault, faults, id } from '@cenopie/platform-contract'
import { decodeCursor, encodeCursor } from '@cenopie/platform-database'
import type { Handlers } from '@cenopie/platform-runtime'
import type { InboxStore } from '../data/inbox.ts'

type Inbox = Pick<
  Handlers<typeof notificationsContract>,
  'listInbox' | 'countInbox' | 'getNotification' | 'updateNotification' | 'markAllRead'
>

export function inboxOperations(inbox: InboxStore): Inbox {
  return {
    async listInbox({ filter, limit, cursor }, { actor }) {
      const items = await inbox.list(actor.id, filter, limit + 1, decodeCursor(cursor, id))
      const more = items.length > limit
      if (more) items.pop()
      const last = items.at(-1)
      return { items, ...(more && last && { nextCursor: encodeCursor(last.id) }) }
    },

    countInbox: (_input, { actor }) => inbox.count(actor.id),

    async getNotification({ notificationId }, { actor }) {
      return found(await inbox.get(actor.id, notificationId))
    },

    async updateNotification({ notificationId, read, archived }, { actor }) {
      return found(await inbox.update(actor.id, notificationId, { read, archived }, new Date()))
    },

    async markAllRead({ until }, { actor }) {
      const marked = await inbox.markAllRead(
        actor.id,
        until === undefined ? undefined : new Date(until),
        new Date(),
      )
      return { marked }
    },
  }
}

/** Another person's notification answers like one that does not exist. */
function found<T>(notification: T | undefined): T {
  if (notification === undefined) throw new Fault(faults.notFound)
  return notification
}
