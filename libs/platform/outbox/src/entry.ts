import type { Actor, CallContext, EntityVersion } from '@cenopie/platform-contract'
import type { Row } from './sql.ts'

/** Who and what caused an entry; it travels with it. Memberships stay behind: they age. */
export interface EntryMeta {
  actor: { kind: Actor['kind']; id?: string; name?: string }
  requestId: string
  traceparent: string
  /** The entry that tells the same fact in another version of the event. */
  sameAs?: string
}

/** An entry on its way through Redis. */
export interface EntryData {
  id: string
  /** The publishing module, to which the consumer confirms. */
  source: string
  consumer: string
  name: string
  version: number
  entity: EntityVersion
  occurredAt: string
  meta: EntryMeta
  payload: unknown
}

/** What a consumer has done when it has done it once, whichever version of the event told it. */
export const factOf = ({ id, meta }: EntryData): string => meta.sameAs ?? id

export function metaOf(call: CallContext): EntryMeta {
  const { actor } = call
  return {
    actor:
      actor.kind === 'user'
        ? { kind: 'user', id: actor.id }
        : actor.kind === 'service'
          ? { kind: 'service', name: actor.name }
          : { kind: 'anonymous' },
    requestId: call.requestId,
    traceparent: call.traceparent,
  }
}

/** The actor as a consumer sees it: enough to say who did it, not enough to act for them. */
export function actorOf(meta: EntryMeta): Actor {
  const { actor } = meta
  if (actor.kind === 'user')
    return { kind: 'user', id: actor.id ?? '', sessionId: '', emailVerified: false, memberships: {} }
  return actor.kind === 'service' ? { kind: 'service', name: actor.name ?? '' } : { kind: 'anonymous' }
}

export function dataOf(source: string, consumer: string, row: Row): EntryData {
  return {
    id: row.id,
    source,
    consumer,
    name: row.name,
    version: row.version,
    entity: { id: row.entity_id ?? '', version: Number(row.entity_version ?? 0) },
    occurredAt: row.created_at.toISOString(),
    meta: row.meta,
    payload: row.payload,
  }
}
