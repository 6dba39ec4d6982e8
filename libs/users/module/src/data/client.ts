import type { Database } from '@cenopie/platform-database'
import { PrismaClient } from './generated/client.ts'

/** This module's tables through Prisma; `$disconnect` when done. The pool stays the platform's. */
export function prismaClient(database: Database): PrismaClient {
  return new PrismaClient({ adapter: database.prismaAdapter })
}
