import type { Database } from '@cenopie/platform-database'
import { PrismaClient } from './generated/client.ts'
import { inboxStore } from './inbox.ts'
import { mailStore } from './mail.ts'
import { preferenceStore } from './preferences.ts'

/** The stores that work outside of a reaction's transaction. */
export function openStores(database: Database) {
  const prisma = new PrismaClient({ adapter: database.prismaAdapter })
  return {
    inbox: inboxStore(prisma),
    preferences: preferenceStore(prisma),
    mails: mailStore(database),
    close: () => prisma.$disconnect(),
  }
}
