import type {
  AnsweredQuestion,
  ApplicationDetail,
  ApplicationSummary,
  MyApplication,
  MyApplicationSummary,
  RejectionReason,
  Stage,
  StageChange,
  StageCounts,
} from '@cenopie/jobs-contract'
import { stages } from '@cenopie/jobs-contract'
import type { Application, StageChange as HistoryRow } from './generated/client.ts'
import type { Prisma } from './prisma.ts'

const withPosting = { posting: { select: { title: true, company: { select: { name: true } } } } } as const
const withHistory = { history: { orderBy: { id: 'asc' } } } as const
/** Prisma, or one transaction of it. */
type Reads = Pick<Prisma, 'application'>
type WithPosting = Application & { posting: { title: string; company: { name: string } } }

interface Window {
  after?: string | undefined
  limit: number
}

/** A candidate's own applications, newest first. */
export async function listOfCandidate(
  prisma: Prisma,
  candidateId: string,
  { after, limit }: Window,
): Promise<MyApplicationSummary[]> {
  const rows = await prisma.application.findMany({
    where: { candidateId, ...(after && { id: { lt: after } }) },
    include: withPosting,
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(mySummary)
}

/** The candidate's view: of the history only where it stands, of a rejection only what was written to them. */
export async function findOfCandidate(
  prisma: Reads,
  candidateId: string,
  id: string,
): Promise<MyApplication | undefined> {
  const row = await prisma.application.findFirst({
    where: { id, candidateId },
    include: { ...withPosting, ...withHistory },
  })
  if (!row) return undefined
  return {
    ...mySummary(row),
    ...sent(row),
    ...(row.rejectionMessage !== null && { messageFromCompany: row.rejectionMessage }),
    timeline: row.history.map(({ toStage, at }) => ({ stage: toStage as Stage, at: at.toISOString() })),
  }
}

export interface PostingApplications {
  items: ApplicationSummary[]
  counts: StageCounts
}

/** Applications to a posting of one of `companies`, newest first; undefined when the posting is not theirs. */
export async function listOfPosting(
  prisma: Prisma,
  companies: string[],
  postingId: string,
  { stage, after, limit }: Window & { stage?: Stage | undefined },
): Promise<PostingApplications | undefined> {
  const posting = await prisma.posting.findFirst({
    where: { id: postingId, companyId: { in: companies } },
    select: { id: true },
  })
  if (!posting) return undefined
  const [rows, groups] = await Promise.all([
    prisma.application.findMany({
      where: { postingId, ...(stage && { stage }), ...(after && { id: { lt: after } }) },
      orderBy: { id: 'desc' },
      take: limit,
    }),
    prisma.application.groupBy({ by: ['stage'], where: { postingId }, _count: true }),
  ])
  const counted = new Map(groups.map((group) => [group.stage, group._count]))
  const counts = Object.fromEntries(stages.map((one) => [one, counted.get(one) ?? 0]))
  return { items: rows.map(summary), counts: counts as StageCounts }
}

/** The company's view of one application, with its whole history. */
export async function findOfCompany(
  prisma: Reads,
  companies: string[],
  id: string,
): Promise<ApplicationDetail | undefined> {
  const row = await prisma.application.findFirst({
    where: { id, companyId: { in: companies } },
    include: { ...withPosting, ...withHistory },
  })
  if (!row) return undefined
  const { rejectionReason: reason, rejectionMessage: message } = row
  return {
    ...summary(row),
    ...sent(row),
    companyId: row.companyId,
    title: row.posting.title,
    ...(reason !== null && {
      rejection: { reason: reason as RejectionReason, ...(message !== null && { message }) },
    }),
    ...changeOf(row),
    history: row.history.map(historyEntry),
  }
}

function mySummary(row: WithPosting): MyApplicationSummary {
  return {
    id: row.id,
    postingId: row.postingId,
    companyId: row.companyId,
    companyName: row.posting.company.name,
    title: row.posting.title,
    ...standing(row),
  }
}

function summary(row: Application): ApplicationSummary {
  return {
    id: row.id,
    postingId: row.postingId,
    candidateId: row.candidateId,
    candidateName: row.candidateName,
    ...(row.headline !== null && { headline: row.headline }),
    ...(row.location !== null && { location: row.location }),
    ...standing(row),
    version: row.version,
  }
}

function standing(row: Application) {
  return {
    stage: row.stage as Stage,
    appliedAt: row.appliedAt.toISOString(),
    stageChangedAt: row.stageChangedAt.toISOString(),
  }
}

function changeOf({ decisionChangedTo: to, decisionChangedAt: at, decisionChangedBy: by }: Application) {
  if (to === null || at === null || by === null) return {}
  return { decisionChanged: { to: to as 'advance' | 'reject', at: at.toISOString(), by } }
}

function sent(row: Application) {
  return {
    ...(row.coverLetter !== null && { coverLetter: row.coverLetter }),
    answers: row.answers as unknown as AnsweredQuestion[],
    considerForOthers: row.considerForOthers,
  }
}

function historyEntry(row: HistoryRow): StageChange {
  return {
    ...(row.fromStage !== null && { from: row.fromStage as Stage }),
    to: row.toStage as Stage,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind as StageChange['actor']['kind'], id: row.actorId },
    ...(row.note !== null && { note: row.note }),
  }
}
