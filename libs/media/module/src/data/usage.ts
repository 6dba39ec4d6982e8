import type { Queryable } from '@cenopie/platform-database'

export interface Usage {
  files: number
  bytes: number
}

/** Files of an account, uploads that have begun with all that they declared. */
export async function usageOf(database: Queryable, account: string): Promise<Usage> {
  const [row] = await database.query<Usage>(
    {
      name: 'media_usage',
      text: `SELECT count(*) AS files, coalesce(sum(bytes), 0)::bigint AS bytes FROM file WHERE account = $1`,
    },
    [account],
  )
  return row ?? { files: 0, bytes: 0 }
}

/** One upload of an account begins after the other, so that two cannot both take the last room. */
export async function lockAccount(tx: Queryable, account: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('media.account:' || $1, 0))::text`, [account])
}
