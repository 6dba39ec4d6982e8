import type pg from 'pg'

/**
 * Runs `work` while no other session of this database holds the same lock. The lock belongs to the session of
 * `client`: it is gone when the process dies.
 */
export async function withLock<T>(client: pg.Client, name: string, work: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined)
  }
}
