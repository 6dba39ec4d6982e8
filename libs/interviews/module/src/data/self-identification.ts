import type { Ethnicity, SelfIdentification, Sex } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'

interface Row {
  sex: string
  ethnicity: string
  at: Date
}

/**
 * Kept apart from the interview: only this file and the bias audit read the table. False if the same was answered
 * before: that answer stays, with its time.
 */
export async function saveSelfIdentification(
  tx: Queryable,
  interview: { id: string; companyId: string },
  { sex, ethnicity }: { sex: Sex; ethnicity: Ethnicity },
  now: Date,
): Promise<boolean> {
  const saved = await tx.query(
    `INSERT INTO self_identification (interview_id, company_id, sex, ethnicity, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (interview_id) DO UPDATE SET sex = excluded.sex, ethnicity = excluded.ethnicity, at = excluded.at
     WHERE self_identification.sex <> excluded.sex OR self_identification.ethnicity <> excluded.ethnicity
     RETURNING 1`,
    [interview.id, interview.companyId, sex, ethnicity, now],
  )
  return saved.length > 0
}

/** For the candidate themselves. */
export async function findSelfIdentification(
  database: Queryable,
  interviewId: string,
): Promise<SelfIdentification | undefined> {
  const [row] = await database.query<Row>(
    `SELECT sex, ethnicity, at FROM self_identification WHERE interview_id = $1`,
    [interviewId],
  )
  return row && { sex: row.sex as Sex, ethnicity: row.ethnicity as Ethnicity, at: row.at.toISOString() }
}
