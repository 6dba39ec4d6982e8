import type { Database, Queryable } from '@cenopie/platform-database'
import type { PublicJwk } from '../crypto/signing-key.ts'

export interface SigningKeyRow {
  id: string
  publicJwk: PublicJwk
  /** Sealed PKCS #8. */
  privateKey: Buffer
  secretId: string
  activeFrom: Date
}

const columns =
  'id, public_jwk AS "publicJwk", private_key AS "privateKey", secret_id AS "secretId", active_from AS "activeFrom"'

export function listKeys(db: Queryable): Promise<SigningKeyRow[]> {
  return db.query<SigningKeyRow>(`SELECT ${columns} FROM signing_keys ORDER BY active_from, id`)
}

/** Lets one process at a time decide about the keys, so that two of them do not make one each. */
export function changeKeys<T>(
  database: Database,
  work: (
    keys: SigningKeyRow[],
    change: { add(key: SigningKeyRow, now: Date): Promise<void>; remove(ids: string[]): Promise<void> },
  ) => Promise<T>,
): Promise<T> {
  return database.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('auth.signing_keys'))::text`)
    return work(await listKeys(tx), {
      async add(key, now) {
        await tx.query(
          `INSERT INTO signing_keys (id, public_jwk, private_key, secret_id, active_from, created_at)
           VALUES ($1, $2::jsonb, $3, $4, $5, $6)`,
          [key.id, JSON.stringify(key.publicJwk), key.privateKey, key.secretId, key.activeFrom, now],
        )
      },
      async remove(ids) {
        await tx.query('DELETE FROM signing_keys WHERE id = ANY ($1::text[])', [ids])
      },
    })
  })
}
