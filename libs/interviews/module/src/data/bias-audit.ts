import type { Queryable } from '@cenopie/platform-database'
import type { SampleGroup } from '../domain/bias-audit.ts'

export interface Sample {
  groups: SampleGroup[]
  /** Of the analyst's overall scores, whoever they are of. */
  median: number | undefined
  scored: number
}

/**
 * Interviews of a company that were decided in a period, as counts: single people never leave the database. `to` is
 * exclusive. Of a company that is not among `companies` there is nothing.
 */
export async function biasSample(
  database: Queryable,
  companyId: string,
  companies: string[],
  from: Date,
  to: Date,
): Promise<Sample> {
  const rows = await database.query<SampleGroup & { median: number | null }>(
    `WITH sample AS (
       SELECT nullif(s.sex, 'declined') AS sex, nullif(s.ethnicity, 'declined') AS ethnicity,
         i.decision = 'advance' AS selected, i.ai_overall AS score
       FROM interview i LEFT JOIN self_identification s ON s.interview_id = i.id
       WHERE i.company_id = $1 AND i.company_id = ANY($2::uuid[]) AND i.status = 'decided' AND i.erased_at IS NULL
         AND i.decided_at >= $3 AND i.decided_at < $4
     ), middle AS (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY score) AS median FROM sample)
     SELECT sex, ethnicity, count(*)::int AS applicants, (count(*) FILTER (WHERE selected))::int AS selected,
       count(score)::int AS scored, (count(*) FILTER (WHERE score > median))::int AS "aboveMedian", median
     FROM sample CROSS JOIN middle GROUP BY sex, ethnicity, median`,
    [companyId, companies, from, to],
  )
  return {
    groups: rows.map(({ median: _, ...group }) => group),
    median: rows[0]?.median ?? undefined,
    scored: rows.reduce((sum, { scored }) => sum + scored, 0),
  }
}
