import { notificationsContract } from '@cenopie/notifications-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { NotificationsConfig } from './config.ts'
import { forgetOld } from './data/retention.ts'
import { openStores } from './data/stores.ts'
import { linksOf } from './domain/links.ts'
import { postman } from './mail/postman.ts'
import { smtp } from './mail/smtp.ts'
import { inboxOperations } from './operations/inbox.ts'
import { preferenceOperations } from './operations/preferences.ts'
import { unsubscribeOperations } from './operations/unsubscribe.ts'
import { accountReactions } from './reactions/account.ts'
import { applicationReactions } from './reactions/applications.ts'
import { deliverer } from './reactions/deliver.ts'
import { erasureReactions } from './reactions/erasure.ts'
import { interviewReactions } from './reactions/interviews.ts'
import { memberReactions } from './reactions/members.ts'
import { recipientReactions } from './reactions/recipients.ts'
import { connections } from './tasks/send-mail-task.ts'
import { sendMailHandler } from './tasks/send-mail.ts'

export const notifications = defineModule({
  contract: notificationsContract,
  config: NotificationsConfig,
  prisma: new URL('../prisma/', import.meta.url),
  start({ config, database, outbox, publicUrl }) {
    const { inbox, preferences, mails, close } = openStores(database)
    const server = smtp({ url: config.smtpUrl, tls: config.smtpTls, connections })
    const writer = postman(server, linksOf(publicUrl), config.mailFrom, config.linkSecret)
    const deliver = deliverer(outbox)
    return {
      operations: {
        ...inboxOperations(inbox),
        ...preferenceOperations(preferences),
        ...unsubscribeOperations(preferences, config.linkSecret),
      },
      tasks: [sendMailHandler({ database, mails, postman: writer })],
      on: [
        ...recipientReactions(outbox),
        ...erasureReactions,
        ...memberReactions(deliver),
        ...accountReactions(deliver),
        ...applicationReactions(deliver),
        ...interviewReactions(deliver),
      ],
      schedules: [{ name: 'forget-old', everySeconds: 3600, run: () => forgetOld(database) }],
      close: async () => {
        server.close()
        await close()
      },
    }
  },
})
