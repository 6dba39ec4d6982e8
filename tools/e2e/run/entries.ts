import { withClient } from '@cenopie/platform-database'
import pg from 'pg'

/** An event or task as a module published it. */
export interface PublishedEntry {
  module: string
  id: string
  kind: 'event' | 'task'
  name: string
  version: number
  entityId: string | null
  entityVersion: string | null
  payload: unknown
  actor: Record<string, string>
  /** The same for all that one thing led to. */
  requestId: string
}

/** Of what a recording consists, in every database; not a module's schema. */
export const recordingSchema = 'recording'

/**
 * Makes a database keep a copy of every entry that any module writes into its outbox, whatever becomes of the entry.
 * The copy commits with the entry.
 */
export async function recordEntries(url: string): Promise<void> {
  await withClient({ url }, async (client) => {
    await client.query(`
      create schema ${recordingSchema};
      create table ${recordingSchema}.entry (
        number bigint generated always as identity, module text, id uuid, kind text, name text, version int,
        entity_id text, entity_version text, payload jsonb, actor jsonb, request_id text);
      create function ${recordingSchema}.keep() returns trigger language plpgsql security definer
        set search_path = ${recordingSchema} as $$
        begin
          insert into entry (module, id, kind, name, version, entity_id, entity_version, payload, actor, request_id)
          values (tg_table_schema, new.id, new.kind, new.name, new.version, new.entity_id, new.entity_version::text,
            new.payload, new.meta -> 'actor', new.meta ->> 'requestId');
          return null;
        end $$;
      grant usage on schema ${recordingSchema} to public;`)
    for (const schema of await outboxes(client)) {
      await client.query(
        `create trigger recording after insert on ${pg.escapeIdentifier(schema)}.outbox_entry for each row
         execute function ${recordingSchema}.keep()`,
      )
    }
  })
}

export async function publishedEntries(url: string): Promise<PublishedEntry[]> {
  return withClient({ url }, async (client) => {
    const { rows } = await client.query<PublishedEntry>(
      `select module, id, kind, name, version, entity_id as "entityId", entity_version as "entityVersion", payload, actor,
         request_id as "requestId"
       from ${recordingSchema}.entry order by number`,
    )
    return rows
  })
}

/** Tasks of which one that waits serves all who ask for it meanwhile: how many there were is a matter of the clock. */
const shared = new Set(['search.count-terms'])

/** Without what schedules led to: when they are due is a matter of the clock too. */
export function withoutTheClocks(entries: readonly PublishedEntry[]): PublishedEntry[] {
  const scheduled = entries.filter(({ module, name }) => name === `${module}.schedules`)
  const requests = new Set(scheduled.map(({ requestId }) => requestId))
  return entries.filter(({ name, requestId }) => !requests.has(requestId) && !shared.has(name))
}

/** The schemas of a database that have an outbox. */
export async function outboxes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ schema: string }>(
    `select table_schema as schema from information_schema.tables where table_name = 'outbox_entry' order by 1`,
  )
  return rows.map(({ schema }) => schema)
}
