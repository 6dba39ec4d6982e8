import type { Transaction } from '@cenopie/platform-database'
import { giveTurns, lockTurns } from './sql.ts'
import type { Row } from './sql.ts'

/** BullMQ's lowest priority. Whoever waits behind two million turns of one key is served first come, first served. */
const lastPriority = 2_097_151

/** Gives those of a batch that are on somebody's account their turn; one that had its turn before keeps it. */
export async function takeTurns(tx: Transaction, rows: readonly Row[]): Promise<void> {
  const fresh = rows.filter(({ fair_key, turn }) => fair_key !== null && turn === null)
  if (fresh.length === 0) return
  await tx.query(lockTurns)
  const given = await tx.query<{ id: string; turn: number }>(giveTurns, [fresh.map(({ id }) => id)])
  const turns = new Map(given.map(({ id, turn }) => [id, turn]))
  for (const row of fresh) row.turn = turns.get(row.id) ?? null
}

/** BullMQ serves the lowest first, and those of one priority in order of arrival. */
export function priorityOf({ turn }: Row): { priority?: number } {
  return turn === null ? {} : { priority: Math.min(turn, lastPriority) }
}
