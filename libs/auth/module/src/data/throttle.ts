import type { Database, Queryable } from '@cenopie/platform-database'
import { hashOf } from '../crypto/secret-link.ts'
import { admit } from '../domain/throttle.ts'
import type { Admission, Attempts } from '../domain/throttle.ts'

/** One line per address and network, known or not; hashed, since addresses of strangers are none of our business. */
export function throttleKey(email: string, network: string): Buffer {
  return hashOf(`${email}\n${network}`)
}

/** Counts an attempt before it is made, one at a time per key. */
export function admitAttempt(database: Database, key: Buffer, now: Date): Promise<Admission> {
  return database.transaction(async (tx) => {
    // Locks the key even when this is its first attempt.
    const [row] = await tx.query<Attempts & { fresh: boolean }>(
      `INSERT INTO sign_in_throttles (key, attempts, last_at) VALUES ($1, 1, $2)
       ON CONFLICT (key) DO UPDATE SET key = excluded.key
       RETURNING attempts, last_at AS "lastAt", (xmax = 0) AS fresh`,
      [key, now],
    )
    const admission = admit(row?.fresh ? undefined : row, now)
    if (admission.admitted) {
      await tx.query('UPDATE sign_in_throttles SET attempts = $2, last_at = $3 WHERE key = $1', [
        key,
        admission.attempts,
        now,
      ])
    }
    return admission
  })
}

export async function forgetAttempts(db: Queryable, key: Buffer): Promise<void> {
  await db.query('DELETE FROM sign_in_throttles WHERE key = $1', [key])
}
