import type { Actor } from '@cenopie/platform-contract'
import { newId, type Queryable } from '@cenopie/platform-database'
import type { AuditEntry } from '@cenopie/interviews-contract'
import type { Prisma } from './client.ts'

export interface AuditRecord {
  interviewId: string
  actor: AuditEntry['actor']
  action: string
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  at: Date
}

/** Who acts, for the trail: whoever holds a personal link acts as the candidate, signed in or not. */
export function auditActor(actor: Actor): AuditEntry['actor'] {
  if (actor.kind === 'user') return { kind: 'user', id: actor.id }
  return { kind: 'service', id: actor.kind === 'service' ? actor.name : 'anonymous' }
}

export async function record(tx: Queryable, entry: AuditRecord): Promise<void> {
  await tx.query(
    `INSERT INTO audit_entry (id, interview_id, actor_kind, actor_id, action, before, after, at)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8)`,
    [
      newId(),
      entry.interviewId,
      entry.actor.kind,
      entry.actor.id,
      entry.action,
      entry.before === undefined ? null : JSON.stringify(entry.before),
      entry.after === undefined ? null : JSON.stringify(entry.after),
      entry.at,
    ],
  )
}

/** After the interview is locked: what the trail says already, in whatever run, it does not say again. */
export async function recordOnce(tx: Queryable, entry: AuditRecord): Promise<void> {
  const known = await tx.query(
    `SELECT 1 AS row FROM audit_entry WHERE interview_id = $1 AND action = $2 AND after = $3::jsonb`,
    [entry.interviewId, entry.action, JSON.stringify(entry.after)],
  )
  if (known.length === 0) await record(tx, entry)
}

/** Oldest first; `after` is the id of the last entry of the page before. */
export async function listAudit(prisma: Prisma, interviewId: string, take: number, after?: string) {
  const rows = await prisma.auditEntry.findMany({
    where: { interviewId, ...(after === undefined ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take,
  })
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind as AuditEntry['actor']['kind'], id: row.actorId },
    action: row.action,
    ...(row.before === null ? {} : { before: row.before as Record<string, unknown> }),
    ...(row.after === null ? {} : { after: row.after as Record<string, unknown> }),
  }))
}
