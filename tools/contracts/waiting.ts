import { versionKey } from '@cenopie/platform-contract'
import { openDatabase } from '@cenopie/platform-database'
import type { Queryable } from '@cenopie/platform-database'
import type { ModuleDescription } from '@cenopie/platform-runtime'
import type { z } from 'zod'

/** Entries of one kind that wait in one module's schema. */
export interface Waiting {
  schema: string
  /** `outbox_entry` or `dead_letter`. */
  table: string
  kind: 'event' | 'task'
  /** Name and version. */
  key: string
  count: number
  /** Of those that the code would not understand, with the reason of the first. */
  ids: string[]
  reason?: string
}

interface Entry {
  id: string
  kind: 'event' | 'task'
  name: string
  version: number
  payload: unknown
  consumers: string[]
}

const batch = 1000

const tables = {
  outbox_entry: `SELECT id, kind, name, version, payload, coalesce(pending, '{}') AS consumers FROM $TABLE`,
  dead_letter: `SELECT id, kind, name, (entry->>'version')::int AS version, entry->'payload' AS payload,
    ARRAY[consumer] AS consumers FROM $TABLE`,
}

/**
 * What waits in every module's schema of a database, dead letters included, and whether the code understands it: with
 * the schema of its name and version, for those who are to receive it. `url` is a user's who may read them all.
 */
export async function waitingIn(url: string, modules: readonly ModuleDescription[]): Promise<Waiting[]> {
  const database = openDatabase({ url, schema: 'public', poolSize: 1 })
  const reader = new Reader(modules)
  const found: Waiting[] = []
  try {
    for (const [table, select] of Object.entries(tables)) {
      const schemas = await database.query<{ name: string; table: string }>(
        `SELECT table_schema AS name, format('%I.%I', table_schema, table_name) AS table
          FROM information_schema.tables WHERE table_name = $1 ORDER BY table_schema`,
        [table],
      )
      for (const schema of schemas) {
        const entries = select.replace('$TABLE', schema.table)
        const place = { schema: schema.name, table }
        found.push(...(await database.transaction((tx) => tally(tx, entries, place, reader))))
      }
    }
    return found
  } finally {
    await database.close()
  }
}

async function tally(
  tx: Queryable,
  select: string,
  place: { schema: string; table: string },
  reader: Reader,
): Promise<Waiting[]> {
  const found = new Map<string, Waiting>()
  await tx.query(`DECLARE entries CURSOR FOR ${select}`)
  for (;;) {
    const rows = await tx.query<Entry>(`FETCH ${batch} FROM entries`)
    for (const row of rows) {
      const key = versionKey(row)
      const group = `${row.kind} ${key}`
      const waiting = found.get(group) ?? { ...place, kind: row.kind, key, count: 0, ids: [] }
      found.set(group, waiting)
      waiting.count += 1
      const reason = reader.refusal(row)
      if (reason === undefined) continue
      waiting.ids.push(row.id)
      waiting.reason ??= reason
    }
    if (rows.length < batch) break
  }
  await tx.query('CLOSE entries')
  return [...found.values()].toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
}

/** All that today's code can read. */
class Reader {
  readonly #payloads = new Map<string, z.ZodType>()
  readonly #consumers = new Set<string>()

  constructor(modules: readonly ModuleDescription[]) {
    for (const { publishes, consumes, tasks } of modules) {
      for (const type of [...publishes, ...tasks])
        this.#payloads.set(`${type.kind} ${versionKey(type)}`, type.payload)
      for (const { event, consumer } of consumes) this.#consumers.add(`${consumer} ${versionKey(event)}`)
    }
  }

  /** Why an entry would not be understood; undefined if it would. */
  refusal({ kind, name, version, payload, consumers }: Entry): string | undefined {
    const key = versionKey({ name, version })
    const type = this.#payloads.get(`${kind} ${key}`)
    if (!type) return `nothing is called ${key}`
    const { error } = type.safeParse(payload)
    if (error) return error.issues.map(({ path, message }) => `$.${path.join('.')} ${message}`).join('; ')
    const stranger = consumers.find(
      (consumer) => kind === 'event' && !this.#consumers.has(`${consumer} ${key}`),
    )
    return stranger === undefined ? undefined : `${stranger} does not react to it`
  }
}
