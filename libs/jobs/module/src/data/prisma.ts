import type { Database } from '@cenopie/platform-database'
import { PrismaClient } from './generated/client.ts'

export type Prisma = PrismaClient

/** Over the module's own pool, which stays its owner's to close. */
export function openPrisma(database: Database): Prisma {
  return new PrismaClient({ adapter: database.prismaAdapter })
}
