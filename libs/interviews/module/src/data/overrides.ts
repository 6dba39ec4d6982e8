import type { Quote } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'

export interface ScoreRow {
  criterionId: string
  weight: number
  score: number
  rationale: string
  quotes: Quote[]
  droppedQuotes: number
  overrideScore: number | null
  overrideReason: string | null
  overrideBy: string | null
  overrideAt: Date | null
}

const columns = `s.criterion_id AS "criterionId", s.weight, s.score, s.rationale, s.quotes,
  s.dropped_quotes AS "droppedQuotes", s.override_score AS "overrideScore", s.override_reason AS "overrideReason",
  s.override_by AS "overrideBy", s.override_at AS "overrideAt"`

export async function findScore(
  tx: Queryable,
  interviewId: string,
  answerId: string,
  criterionId: string,
): Promise<ScoreRow | undefined> {
  const [row] = await tx.query<ScoreRow>(
    `SELECT ${columns} FROM score s JOIN answer a ON a.id = s.answer_id
     WHERE a.interview_id = $1 AND s.answer_id = $2 AND s.criterion_id = $3`,
    [interviewId, answerId, criterionId],
  )
  return row
}

/** The analyst's own score stays in `score`. */
export async function overrideScore(
  tx: Queryable,
  answerId: string,
  criterionId: string,
  override: { score: number; reason: string; by: string; at: Date },
): Promise<ScoreRow> {
  const [row] = await tx.query<ScoreRow>(
    `UPDATE score s SET override_score = $3, override_reason = $4, override_by = $5, override_at = $6
     WHERE answer_id = $1 AND criterion_id = $2 RETURNING ${columns}`,
    [answerId, criterionId, override.score, override.reason, override.by, override.at],
  )
  if (!row) throw new Error('a locked score is gone')
  return row
}
