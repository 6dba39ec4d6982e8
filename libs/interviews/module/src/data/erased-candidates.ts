import type { Queryable } from '@cenopie/platform-database'

const lockOf = `hashtextextended('candidate ' || $1, 0)`

/** Notes that a person is erased, after whoever is just writing something of them. Once; only the id is kept. */
export async function noteErased(tx: Queryable, candidateId: string, at: Date): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${lockOf})`, [candidateId])
  await tx.query(`INSERT INTO erased_candidate (candidate_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    candidateId,
    at,
  ])
}

/** Whether a person is erased. If not, nobody notes it until the transaction ends, and what it wrote is found then. */
export async function isErasedCandidate(tx: Queryable, candidateId: string): Promise<boolean> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${lockOf})`, [candidateId])
  const rows = await tx.query(`SELECT 1 AS row FROM erased_candidate WHERE candidate_id = $1`, [candidateId])
  return rows.length > 0
}
