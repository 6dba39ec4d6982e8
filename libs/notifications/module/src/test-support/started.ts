import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { testModule } from '@cenopie/platform-testing'
import { notifications } from '../index.ts'
import { entity } from './facts.ts'
import { mailServer } from './mail-server.ts'

/** The module beside a mail server of its own, with what most tests ask of both. */
export async function started(config: Record<string, string> = {}) {
  const server = await mailServer()
  const app = await testModule(notifications, {
    config: { smtpUrl: server.url, mailFrom: 'Cenopie <mail@cenopie.test>', ...config },
  })
  return {
    app,
    server,

    /** A recipient that the module knows. */
    async person(name = 'Ada Lovelace') {
      const userId = randomUUID()
      const email = `${userId}@example.com`
      await app.deliver(authEvents.userRegistered, {
        entity: entity(userId),
        payload: { userId, email, name },
      })
      return { userId, email, name }
    },

    /** What arrived for one address, once nothing is under way. */
    async mailTo(email: string) {
      await app.idle()
      return server.received.filter(({ to }) => to.includes(email))
    },

    /** Titles in somebody's inbox, newest first. */
    async inboxOf(userId: string) {
      const rows = await app.sql<{ title: string }>(
        'SELECT title FROM notification WHERE user_id = $1 ORDER BY id DESC',
        [userId],
      )
      return rows.map(({ title }) => title)
    },

    async close() {
      await app.close()
      await server.stop()
    },
  }
}

export type Started = Awaited<ReturnType<typeof started>>
