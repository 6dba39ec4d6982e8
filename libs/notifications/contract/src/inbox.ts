import { faults, id, operation, page, paging, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { notificationType } from './types.ts'

/** What a notification is about: the client opens it by these ids. Absent where there is none. */
export const notificationSubject = z
  .object({
    companyId: id.optional(),
    postingId: id.optional(),
    applicationId: id.optional(),
    interviewId: id.optional(),
  })
  .meta({ id: 'NotificationSubject' })
export type NotificationSubject = z.output<typeof notificationSubject>

export const notification = z
  .object({
    id,
    type: notificationType,
    kind: z.string().max(60).describe('What it is, more exactly than its type. The list of these grows.'),
    title: z.string().max(400).describe('One line of plain text.'),
    body: z.string().max(2000).describe('Plain text; empty when the title says it all.'),
    subject: notificationSubject,
    createdAt: timestamp,
    readAt: timestamp.optional().describe('Absent while unread.'),
    archivedAt: timestamp.optional().describe('Absent while it is in the inbox.'),
  })
  .meta({ id: 'Notification' })
export type Notification = z.output<typeof notification>

export const listInbox = operation({
  method: 'GET',
  path: '/api/v1/notifications/inbox',
  summary: 'List your notifications, newest first',
  access: 'user',
  input: {
    ...paging,
    filter: z
      .enum(['all', 'unread', 'archived'])
      .default('all')
      .describe('`all` and `unread` leave out what is archived.'),
  },
  output: page(notification),
})

export const countInbox = operation({
  method: 'GET',
  path: '/api/v1/notifications/inbox/counts',
  summary: 'Count your notifications',
  access: 'user',
  input: {},
  output: z
    .object({
      unread: z.int().min(0).describe('In the inbox and not read.'),
      inbox: z.int().min(0).describe('In the inbox, read or not.'),
      archived: z.int().min(0),
    })
    .meta({ id: 'InboxCounts' }),
})

export const getNotification = operation({
  method: 'GET',
  path: '/api/v1/notifications/inbox/{notificationId}',
  summary: 'Show one of your notifications',
  access: 'user',
  input: { notificationId: id },
  output: notification,
  faults: [faults.notFound],
})

export const updateNotification = operation({
  method: 'PATCH',
  path: '/api/v1/notifications/inbox/{notificationId}',
  summary: 'Mark a notification read or unread, archive it or bring it back',
  access: 'user',
  input: {
    notificationId: id,
    read: z.boolean().optional(),
    archived: z.boolean().optional().describe('Archiving leaves read or unread as it is.'),
  },
  output: notification,
  faults: [faults.notFound],
  repeatable: true,
  checks: [
    {
      name: 'changes-something',
      refuse: ({ read, archived }) =>
        read === undefined && archived === undefined
          ? { field: 'read', message: 'give read, archived or both' }
          : undefined,
    },
  ],
})

export const markAllRead = operation({
  method: 'POST',
  path: '/api/v1/notifications/inbox/read-all',
  summary: 'Mark everything in your inbox as read',
  access: 'user',
  input: {
    until: timestamp
      .optional()
      .describe('Leaves unread what is newer, so that nothing unseen is marked. Default: everything.'),
  },
  output: z.object({ marked: z.int().min(0) }).meta({ id: 'MarkedRead' }),
  repeatable: true,
})
