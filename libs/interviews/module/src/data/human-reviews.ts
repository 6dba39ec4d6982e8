import type { HumanReview, HumanReviewCase, HumanReviewOutcome } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { Prisma } from './client.ts'
import type { HumanReview as Row, Interview } from './generated/client.ts'
import { one } from './interviews.ts'
import { interviewColumns, type InterviewRow, type Reader } from './interview-row.ts'
import { visibleTo } from './summaries.ts'

type Of = Pick<Interview, 'postingId' | 'title' | 'candidateName' | 'decision' | 'decidedBy'>

const columns = `interview_id AS "interviewId", company_id AS "companyId", reason, requested_at AS "requestedAt",
  outcome, explanation, resolved_by AS "resolvedBy", resolved_at AS "resolvedAt"`

/** Undefined when there is a request already. */
export async function insertHumanReview(
  tx: Queryable,
  { id, companyId }: Pick<InterviewRow, 'id' | 'companyId'>,
  reason: string,
  now: Date,
): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(
    `INSERT INTO human_review (interview_id, company_id, reason, requested_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (interview_id) DO NOTHING RETURNING ${columns}`,
    [id, companyId, reason, now],
  )
  return row
}

export async function findHumanReview(tx: Queryable, interviewId: string): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(`SELECT ${columns} FROM human_review WHERE interview_id = $1`, [
    interviewId,
  ])
  return row
}

/** For an event that changes nothing of the interview itself. */
export async function nextVersion(tx: Queryable, interviewId: string): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET version = version + 1 WHERE id = $1 RETURNING ${interviewColumns}`,
      [interviewId],
    ),
  )
}

/** After the interview is locked and its request found open. */
export async function resolveHumanReview(
  tx: Queryable,
  interviewId: string,
  answer: { outcome: HumanReviewOutcome; explanation: string; by: string; at: Date },
): Promise<Row> {
  return one(
    await tx.query<Row>(
      `UPDATE human_review SET outcome = $2, explanation = $3, resolved_by = $4, resolved_at = $5
       WHERE interview_id = $1 AND outcome IS NULL RETURNING ${columns}`,
      [interviewId, answer.outcome, answer.explanation, answer.by, answer.at],
    ),
  )
}

/** Turns a decision round. When it was first taken stays in the trail. */
export async function changeDecision(
  tx: Queryable,
  interviewId: string,
  change: { to: string; reason: string; by: string; at: Date },
): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET decision = $2, decision_reason = $3, decided_by = $4, decided_at = $5, version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [interviewId, change.to, change.reason, change.by, change.at],
    ),
  )
}

export interface HumanReviewFilter {
  companyId: string
  state?: 'open' | 'resolved' | undefined
  /** The last interview's id of the page before. */
  before?: string | undefined
  take: number
}

/** Newest interview first. */
export async function listHumanReviews(prisma: Prisma, reader: Reader, filter: HumanReviewFilter) {
  const { companyId, state, before, take } = filter
  const rows = await prisma.humanReview.findMany({
    where: {
      companyId,
      interview: visibleTo(reader),
      ...(state === undefined ? {} : { outcome: state === 'open' ? null : { not: null } }),
      ...(before === undefined ? {} : { interviewId: { lt: before } }),
    },
    include: { interview: true },
    orderBy: { interviewId: 'desc' },
    take,
  })
  return rows.map((row) => ({ id: row.interviewId, ...humanReviewCaseOf(row, row.interview) }))
}

/** As its candidate is told: not who looked again. */
export function humanReviewOf(row: Row, { decision }: Pick<Of, 'decision'>): HumanReview {
  return {
    interviewId: row.interviewId,
    state: row.outcome === null ? 'open' : 'resolved',
    reason: row.reason,
    requestedAt: row.requestedAt.toISOString(),
    ...(row.outcome === null ? {} : { outcome: row.outcome as HumanReviewOutcome }),
    ...(row.explanation === null ? {} : { explanation: row.explanation }),
    ...(row.resolvedAt === null ? {} : { resolvedAt: row.resolvedAt.toISOString() }),
    ...(decision === null ? {} : { decision: decision as 'advance' | 'reject' }),
  }
}

export function humanReviewCaseOf(row: Row, interview: Of): HumanReviewCase {
  const { postingId, title, candidateName, decidedBy } = interview
  return {
    ...humanReviewOf(row, interview),
    ...{ postingId, title, candidateName },
    ...(decidedBy === null ? {} : { decidedBy }),
    ...(row.resolvedBy === null ? {} : { resolvedBy: row.resolvedBy }),
  }
}
