import { newId, sqlOf } from '@cenopie/platform-database'
import type { Queryable } from '@cenopie/platform-database'
import type { z } from 'zod'
import { metaOf } from './entry.ts'
import { insertEntry, insertKeyed } from './sql.ts'
import type { Outbox } from './types.ts'

/** The consumer name under which a module confirms its own tasks. */
export const self = 'task'

/** Raises what Prisma or pg would otherwise report as an obscure error, before anything is written. */
function checked<T>(name: string, schema: { parse: (value: unknown) => T }, payload: unknown): T {
  try {
    return schema.parse(payload)
  } catch (cause) {
    throw new Error(`payload of ${name} does not match its schema`, { cause })
  }
}

/** The outbox of one module. Entries are plain rows: nothing here talks to Redis. */
export const outbox: Outbox = {
  async publish(tx, call, event, { entity, payload, sameAs }) {
    const id = newId()
    const valid = checked(event.name, event.payload, payload)
    await insert(sqlOf(tx), [
      id,
      'event',
      event.name,
      event.version,
      entity.id,
      entity.version,
      JSON.stringify(valid),
      JSON.stringify({ ...metaOf(call), sameAs }),
      null,
      null,
      null,
      null,
    ])
    return id
  },
  async enqueue(tx, call, task, payload, options = {}) {
    const valid = checked<z.output<typeof task.payload>>(task.name, task.payload, payload)
    await insert(sqlOf(tx), [
      newId(),
      'task',
      task.name,
      task.version,
      null,
      null,
      JSON.stringify(valid),
      JSON.stringify(metaOf(call)),
      options.runAt ?? null,
      [self],
      options.fairKey ?? task.fairBy?.(valid) ?? null,
      options.key ?? null,
    ])
  },
}

async function insert(tx: Queryable, values: unknown[]): Promise<void> {
  await tx.query(values.at(-1) === null ? insertEntry : insertKeyed, values)
}
