import type { Scorecard } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { Prisma } from './client.ts'

export interface ScorecardRow {
  interviewId: string
  reviewerId: string
  status: string
  scores: unknown
  notes: string
  recommendation: string | null
  updatedAt: Date
  submittedAt: Date | null
}

const columns = `interview_id AS "interviewId", reviewer_id AS "reviewerId", status, scores, notes, recommendation,
  updated_at AS "updatedAt", submitted_at AS "submittedAt"`

export interface ScorecardDraft {
  scores: Scorecard['scores']
  notes: string
  recommendation: Scorecard['recommendation']
}

/** Undefined when the reviewer's scorecard is submitted already. */
export async function saveScorecard(
  tx: Queryable,
  interviewId: string,
  reviewerId: string,
  draft: ScorecardDraft,
  now: Date,
): Promise<Scorecard | undefined> {
  const [row] = await tx.query<ScorecardRow>(
    `INSERT INTO scorecard AS s (interview_id, reviewer_id, status, scores, notes, recommendation, updated_at)
     VALUES ($1, $2, 'draft', $3::jsonb, $4, $5, $6)
     ON CONFLICT (interview_id, reviewer_id) DO UPDATE SET scores = excluded.scores, notes = excluded.notes,
       recommendation = excluded.recommendation, updated_at = excluded.updated_at
       WHERE s.status = 'draft'
     RETURNING ${columns}`,
    [interviewId, reviewerId, JSON.stringify(draft.scores), draft.notes, draft.recommendation ?? null, now],
  )
  return row && scorecardOf(row)
}

/** Undefined when there is no draft. */
export async function submitScorecard(
  tx: Queryable,
  interviewId: string,
  reviewerId: string,
  now: Date,
): Promise<Scorecard | undefined> {
  const [row] = await tx.query<ScorecardRow>(
    `UPDATE scorecard SET status = 'submitted', submitted_at = $3, updated_at = $3
     WHERE interview_id = $1 AND reviewer_id = $2 AND status = 'draft' RETURNING ${columns}`,
    [interviewId, reviewerId, now],
  )
  return row && scorecardOf(row)
}

export async function findScorecard(
  tx: Queryable,
  interviewId: string,
  reviewerId: string,
): Promise<Scorecard | undefined> {
  const [row] = await tx.query<ScorecardRow>(
    `SELECT ${columns} FROM scorecard WHERE interview_id = $1 AND reviewer_id = $2`,
    [interviewId, reviewerId],
  )
  return row && scorecardOf(row)
}

/** The reviewer's own and all submitted ones of others. */
export async function scorecardsOf(prisma: Prisma, interviewId: string, reviewerId: string) {
  const rows = await prisma.scorecard.findMany({
    where: { interviewId, OR: [{ reviewerId }, { status: 'submitted' }] },
    orderBy: [{ submittedAt: 'asc' }, { reviewerId: 'asc' }],
    take: 201,
  })
  const own = rows.find((row) => row.reviewerId === reviewerId)
  const others = rows.filter((row) => row.reviewerId !== reviewerId).slice(0, 200)
  return { own: own && scorecardOf(own), others: others.map(scorecardOf) }
}

export function scorecardOf(row: ScorecardRow): Scorecard {
  return {
    interviewId: row.interviewId,
    reviewerId: row.reviewerId,
    status: row.status as Scorecard['status'],
    scores: row.scores as Scorecard['scores'],
    notes: row.notes,
    ...(row.recommendation === null
      ? {}
      : { recommendation: row.recommendation as NonNullable<Scorecard['recommendation']> }),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.submittedAt === null ? {} : { submittedAt: row.submittedAt.toISOString() }),
  }
}
