import type { Queryable } from '@cenopie/platform-database'

/** Applications of a candidate in any of these stages, locked. */
export async function lockOfCandidate(
  tx: Queryable,
  candidateId: string,
  stages: string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM application WHERE candidate_id = $1 AND stage = ANY($2) ORDER BY id FOR UPDATE',
    [candidateId, stages],
  )
  return rows.map(({ id }) => id)
}

/** Forgets who applied and what they or others wrote; that there was an application, and its stages, remain. */
export async function forgetCandidate(tx: Queryable, candidateId: string): Promise<void> {
  await tx.query(
    `DELETE FROM note WHERE application_id IN (SELECT id FROM application WHERE candidate_id = $1)`,
    [candidateId],
  )
  await tx.query(
    `UPDATE stage_change SET note = NULL
     WHERE note IS NOT NULL AND application_id IN (SELECT id FROM application WHERE candidate_id = $1)`,
    [candidateId],
  )
  await tx.query(
    `UPDATE application SET candidate_name = 'Deleted account', headline = NULL, location = NULL, cover_letter = NULL,
       answers = '[]', consider_for_others = false, rejection_message = NULL, decision_changed_to = NULL
     WHERE candidate_id = $1`,
    [candidateId],
  )
}
