import type { Queryable } from '@cenopie/platform-database'

/**
 * Takes note of the newest news of an application and locks it. Undefined for old news: something later has been
 * heard already. Otherwise the interview it has, if any.
 */
export async function noteApplication(
  tx: Queryable,
  applicationId: string,
  entityVersion: number,
): Promise<{ interviewId: string | null } | undefined> {
  const [row] = await tx.query<{ interviewId: string | null }>(
    `INSERT INTO application AS a (application_id, entity_version) VALUES ($1, $2)
     ON CONFLICT (application_id) DO UPDATE SET entity_version = excluded.entity_version
       WHERE a.entity_version < excluded.entity_version
     RETURNING interview_id AS "interviewId"`,
    [applicationId, entityVersion],
  )
  return row
}

export async function linkInterview(
  tx: Queryable,
  applicationId: string,
  interviewId: string,
): Promise<void> {
  await tx.query(`UPDATE application SET interview_id = $2 WHERE application_id = $1`, [
    applicationId,
    interviewId,
  ])
}
