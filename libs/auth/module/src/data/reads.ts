import type { Role } from '@cenopie/auth-contract'
import { decodeCursor, encodeCursor } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import { z } from 'zod'
import { PrismaClient } from './generated/client.ts'

const cursor = z.tuple([z.iso.datetime(), z.uuid()])
const member = {
  userId: true,
  role: true,
  joinedAt: true,
  user: { select: { name: true, email: true } },
} as const

interface Paging {
  limit: number
  cursor?: string | undefined
}

/** Everything that is only read. What locks, upserts or compares and sets is SQL, in the files beside this one. */
export function authReads(database: Database) {
  const prisma = new PrismaClient({ adapter: database.prismaAdapter })

  return {
    account: (userId: string) =>
      prisma.user.findUnique({
        where: { id: userId },
        select: {
          id: true,
          email: true,
          name: true,
          emailVerifiedAt: true,
          members: {
            select: { role: true, companyId: true, company: { select: { name: true, slug: true } } },
            orderBy: [{ joinedAt: 'asc' }, { companyId: 'asc' }],
          },
        },
      }),

    company: (companyId: string) =>
      prisma.company.findUnique({ where: { id: companyId }, select: { id: true, name: true, slug: true } }),

    /** With the role of the member who asks; null for anybody else. */
    companyOf: (companyId: string, userId: string) =>
      prisma.member.findUnique({
        where: { companyId_userId: { companyId, userId } },
        select: { role: true, company: true },
      }),

    allMembers: (companyId: string) =>
      prisma.member.findMany({
        where: { companyId },
        select: member,
        orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
      }),

    member: (companyId: string, userId: string) =>
      prisma.member.findUnique({ where: { companyId_userId: { companyId, userId } }, select: member }),

    /** Only while `askedBy` is a member. */
    async members(companyId: string, askedBy: string, paging: Paging) {
      const from = decodeCursor(paging.cursor, cursor)
      const rows = await prisma.member.findMany({
        where: {
          companyId,
          company: { members: { some: { userId: askedBy } } },
          ...(from && {
            OR: [{ joinedAt: { gt: from[0] } }, { joinedAt: from[0], userId: { gt: from[1] } }],
          }),
        },
        select: member,
        orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
        take: paging.limit + 1,
      })
      return pageOf(rows, paging.limit, (row) => [row.joinedAt.toISOString(), row.userId])
    },

    /** Only while `askedBy` is an owner or admin. */
    async invitations(companyId: string, askedBy: string, now: Date, paging: Paging) {
      const from = decodeCursor(paging.cursor, cursor)
      const rows = await prisma.invitation.findMany({
        where: {
          companyId,
          expiresAt: { gt: now },
          company: {
            members: { some: { userId: askedBy, role: { in: ['owner', 'admin'] satisfies Role[] } } },
          },
          ...(from && {
            OR: [{ createdAt: { gt: from[0] } }, { createdAt: from[0], id: { gt: from[1] } }],
          }),
        },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: paging.limit + 1,
      })
      return pageOf(rows, paging.limit, (row) => [row.createdAt.toISOString(), row.id])
    },

    sessions: (userId: string, now: Date, limit: number) =>
      prisma.session.findMany({
        where: { userId, revokedAt: null, expiresAt: { gt: now } },
        select: { id: true, userAgent: true, address: true, createdAt: true, lastSeenAt: true },
        orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
        take: limit,
      }),

    close: () => prisma.$disconnect(),
  }
}

export type AuthReads = ReturnType<typeof authReads>

function pageOf<T>(rows: T[], limit: number, key: (row: T) => unknown) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined
    ? { items, nextCursor: encodeCursor(key(last)) }
    : { items }
}
