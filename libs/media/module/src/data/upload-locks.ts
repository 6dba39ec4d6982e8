import type { Queryable } from '@cenopie/platform-database'

/** Seconds a lease lasts without renewal: a killed process blocks an upload no longer. */
export const leaseSeconds = 15

const take = {
  name: 'media_lock_upload',
  text: `UPDATE upload SET lock_owner = $2::uuid, lock_until = now() + $3 * interval '1 second', lock_wanted = false
    WHERE id = $1 AND (lock_until IS NULL OR lock_until < now()) RETURNING 1`,
}
const want = {
  name: 'media_want_upload',
  text: 'UPDATE upload SET lock_wanted = true WHERE id = $1 RETURNING 1',
}
const renew = {
  name: 'media_renew_upload',
  text: `UPDATE upload SET lock_until = now() + $3 * interval '1 second'
    WHERE id = $1 AND lock_owner = $2::uuid RETURNING lock_wanted AS wanted`,
}
const give = {
  name: 'media_unlock_upload',
  text: 'UPDATE upload SET lock_owner = NULL, lock_until = NULL, lock_wanted = false WHERE id = $1 AND lock_owner = $2::uuid',
}

export type Taken = 'taken' | 'held' | 'unknown'

/** Takes the lock of an upload if nobody holds it. */
export async function takeFreeLock(database: Queryable, id: string, owner: string): Promise<boolean> {
  return (await database.query(take, [id, owner, leaseSeconds])).length > 0
}

/** Takes the lock of an upload, or tells whoever holds it that another waits. */
export async function takeLock(database: Queryable, id: string, owner: string): Promise<Taken> {
  if (await takeFreeLock(database, id, owner)) return 'taken'
  return (await database.query(want, [id])).length > 0 ? 'held' : 'unknown'
}

/** Undefined: the lease is lost. */
export async function renewLock(
  database: Queryable,
  id: string,
  owner: string,
): Promise<{ wanted: boolean } | undefined> {
  return (await database.query<{ wanted: boolean }>(renew, [id, owner, leaseSeconds]))[0]
}

export async function giveLock(database: Queryable, id: string, owner: string): Promise<void> {
  await database.query(give, [id, owner])
}
