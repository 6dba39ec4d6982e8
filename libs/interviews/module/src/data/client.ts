import type { Database } from '@cenopie/platform-database'
import { PrismaClient } from './generated/client.ts'

export type Prisma = PrismaClient

/** Prisma over the module's own pool, for reads and plain writes; transitions are SQL in `database.transaction`. */
export function prismaOf(database: Database): Prisma {
  return new PrismaClient({ adapter: database.prismaAdapter })
}
