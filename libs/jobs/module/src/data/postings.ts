import type { CompanyPosting, CompanyPostingSummary, PostingState } from '@cenopie/jobs-contract'
import type { PrismaTransaction } from '@cenopie/platform-database'
import type { Prisma as Generated } from './generated/client.ts'
import { companyPosting } from './posting-row.ts'
import type { Prisma } from './prisma.ts'

const company = { company: true } as const

/** What a change writes; the version rises with every one. */
export interface PostingChange {
  title?: string | undefined
  description?: string | undefined
  location?: string | undefined
  workplace?: string | undefined
  employment?: string | undefined
  skills?: string[] | undefined
  questions?: CompanyPosting['questions'] | undefined
  pay?: CompanyPosting['pay'] | null
  state?: PostingState
  publishedAt?: Date
  expiresAt?: Date | undefined
  closedAt?: Date | null
}

/** One posting of one of `companies`, or of any when they are left out. */
export async function findPosting(
  prisma: Prisma,
  postingId: string,
  now: Date,
  companies?: string[],
): Promise<CompanyPosting | undefined> {
  const row = await prisma.posting.findFirst({
    where: { id: postingId, ...(companies && { companyId: { in: companies } }) },
    include: company,
  })
  return row ? companyPosting(row, now) : undefined
}

/** A company's postings in whatever state, newest first, behind the one with id `after`. */
export async function listOfCompany(
  prisma: Prisma,
  companyId: string,
  { state, after, limit }: { state?: PostingState | undefined; after?: string | undefined; limit: number },
  now: Date,
): Promise<CompanyPostingSummary[]> {
  const rows = await prisma.posting.findMany({
    where: { companyId, ...(after && { id: { lt: after } }), ...inState(state, now) },
    include: { ...company, _count: { select: { applications: { where: { stage: { not: 'withdrawn' } } } } } },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map((row) => ({ ...companyPosting(row, now), applicationCount: row._count.applications }))
}

/** Open postings of all companies in the order of their ids, behind the one with id `after`. */
export async function listOpen(
  prisma: Prisma,
  { after, limit }: { after: string | undefined; limit: number },
  now: Date,
): Promise<CompanyPosting[]> {
  const rows = await prisma.posting.findMany({
    where: { ...inState('published', now), ...(after !== undefined && { id: { gt: after } }) },
    include: company,
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map((row) => companyPosting(row, now))
}

/** The same rule as `effectiveState`, as a condition. */
function inState(state: PostingState | undefined, now: Date): Generated.PostingWhereInput {
  if (state === 'published') return { state, expiresAt: { gt: now } }
  if (state === 'expired') return { OR: [{ state }, { state: 'published', expiresAt: { lte: now } }] }
  return state ? { state } : {}
}

/** What to change on a posting as it stands (or refuse), and the entries to write beside the change. */
export interface PostingDecision {
  decide: (posting: CompanyPosting | undefined) => PostingChange
  announce: (tx: PrismaTransaction, changed: CompanyPosting) => Promise<unknown>
}

/** Locks one posting of one of `companies`, decides, writes the change and announces it, in one transaction. */
export async function changePosting(
  prisma: Prisma,
  postingId: string,
  companies: string[],
  now: Date,
  { decide, announce }: PostingDecision,
): Promise<CompanyPosting> {
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM posting WHERE id = ${postingId}::uuid AND company_id = ANY(${companies}::uuid[])
      FOR UPDATE`
    const row = await tx.posting.findFirst({
      where: { id: postingId, companyId: { in: companies } },
      include: company,
    })
    const change = decide(row ? companyPosting(row, now) : undefined)
    const written = await tx.posting.update({
      where: { id: postingId },
      data: { ...columnsOf(change), version: { increment: 1 }, updatedAt: now },
      include: company,
    })
    const changed = companyPosting(written, now)
    await announce(tx, changed)
    return changed
  })
}

function columnsOf({ pay, ...rest }: PostingChange): Generated.PostingUpdateInput {
  const columns = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  if (pay === undefined) return columns
  return {
    ...columns,
    payCurrency: pay?.currency ?? null,
    payMin: pay?.min ?? null,
    payMax: pay?.max ?? null,
    payPeriod: pay?.period ?? null,
  }
}
