import type { InterviewStatus, InterviewSummary, ListedInterview } from '@cenopie/interviews-contract'
import { candidateStatusAt, open, statusAt, type StoredStatus } from '../domain/lifecycle.ts'
import { alternativesOf, noAccommodation } from './accommodations.ts'
import type { Prisma } from './client.ts'
import type { Interview, Prisma as Where } from './generated/client.ts'
import type { Reader } from './interview-row.ts'

export interface SummaryFields {
  id: string
  applicationId: string
  postingId: string
  companyId: string
  title: string
  candidateId: string
  candidateName: string
  status: string
  deadline: Date | null
  submittedAt: Date | null
  overall: number | null
  decision: string | null
  createdAt: Date
  /** Of the answers that were asked for with `withUnscored`. */
  _count?: { answers: number }
}

/** The scoring of an answer was refused, by a transcript or a recording that cannot be read. */
const unscoredAnswer = { analysis: 'none', reason: { not: null } } satisfies Where.AnswerWhereInput
export const withUnscored = { _count: { select: { answers: { where: unscoredAnswer } } } }

export function standingOf(row: { status: string; deadline: Date | null }) {
  return { status: row.status as StoredStatus, deadline: row.deadline }
}

export function summaryOf(row: SummaryFields, now: Date): InterviewSummary {
  const unscored = row._count?.answers ?? 0
  return {
    id: row.id,
    applicationId: row.applicationId,
    postingId: row.postingId,
    companyId: row.companyId,
    title: row.title,
    candidateId: row.candidateId,
    candidateName: row.candidateName,
    status: statusAt(standingOf(row), now),
    ...(row.deadline === null ? {} : { deadline: row.deadline.toISOString() }),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
    ...(row.overall === null ? {} : { overall: row.overall }),
    ...(unscored === 0 ? {} : { unscored }),
    ...(row.decision === null ? {} : { decision: row.decision as 'advance' | 'reject' }),
    createdAt: row.createdAt.toISOString(),
  }
}

/** What a member of its company may see: never their own interview. */
export function visibleTo({ userId, companies }: Reader): Where.InterviewWhereInput {
  return { companyId: { in: companies }, candidateId: { not: userId } }
}

/** `expired` is stored as an open status with a deadline that has passed. */
function whereStatus(status: InterviewStatus | undefined, now: Date): Where.InterviewWhereInput {
  if (status === undefined) return {}
  if (status === 'expired') return { status: { in: [...open] }, deadline: { lte: now } }
  return (open as readonly string[]).includes(status) ? { status, deadline: { gt: now } } : { status }
}

export interface InterviewFilter {
  companyId: string
  postingId?: string | undefined
  status?: InterviewStatus | undefined
  /** The last interview's id of the page before. */
  before?: string | undefined
  take: number
}

/** Newest first. */
export async function listInterviews(
  prisma: Prisma,
  reader: Reader,
  filter: InterviewFilter,
  now: Date,
): Promise<ListedInterview[]> {
  const rows = await prisma.interview.findMany({
    where: {
      AND: [
        visibleTo(reader),
        { companyId: filter.companyId },
        whereStatus(filter.status, now),
        filter.postingId === undefined ? {} : { postingId: filter.postingId },
        filter.before === undefined ? {} : { id: { lt: filter.before } },
      ],
    },
    include: { ...withUnscored, accommodation: true },
    orderBy: { id: 'desc' },
    take: filter.take,
  })
  return rows.map((row) => ({
    ...summaryOf(row, now),
    alternatives: alternativesOf(row.accommodation ?? noAccommodation),
  }))
}

export async function findSummary(
  prisma: Prisma,
  id: string,
  now: Date,
): Promise<InterviewSummary | undefined> {
  const row = await prisma.interview.findUnique({ where: { id }, include: withUnscored })
  return row ? summaryOf(row, now) : undefined
}

/** The company of an interview that this reader may see. */
export async function companyOf(prisma: Prisma, id: string, reader: Reader): Promise<string | undefined> {
  const row = await prisma.interview.findFirst({
    where: { id, ...visibleTo(reader) },
    select: { companyId: true },
  })
  return row?.companyId
}

/** The stored status of an interview that this reader may see. */
export async function statusFor(prisma: Prisma, id: string, reader: Reader): Promise<string | undefined> {
  const row = await prisma.interview.findFirst({
    where: { id, ...visibleTo(reader) },
    select: { status: true },
  })
  return row?.status
}

/** A candidate's own interviews, newest first, once they have been invited. */
export async function listOfCandidate(
  prisma: Prisma,
  candidateId: string,
  take: number,
  now: Date,
  before?: string,
) {
  const rows = await prisma.interview.findMany({
    where: {
      candidateId,
      templateVersionId: { not: null },
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take,
  })
  return rows.map((row) => myInterview(row, now))
}

function myInterview(row: Interview, now: Date) {
  if (row.deadline === null) throw new Error(`interview ${row.id} was opened without a deadline`)
  return {
    id: row.id,
    applicationId: row.applicationId,
    postingId: row.postingId,
    companyName: row.companyName,
    title: row.title,
    status: candidateStatusAt(standingOf(row), now),
    deadline: row.deadline.toISOString(),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
    ...(row.decidedAt === null ? {} : { decidedAt: row.decidedAt.toISOString() }),
  }
}
