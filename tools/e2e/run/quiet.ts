import { setTimeout as pause } from 'node:timers/promises'
import { withClient } from '@cenopie/platform-database'
import { outboxes, recordingSchema } from './entries.ts'

const patienceMs = 240_000
const paceMs = 100

/**
 * Resolves when no entry waits anywhere. One look at several databases proves little: while the second is looked at,
 * an entry may wander into the first. Two looks in a row that find nothing waiting and nothing new prove that between
 * them there was nothing: whatever was written had to come from something that waited.
 */
export async function untilQuiet(urls: readonly string[]): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (let before = ''; ;) {
    const looks = await Promise.all(urls.map(look))
    const waiting = looks.flatMap((one) => one.waiting)
    const published = JSON.stringify(looks.map((one) => one.published))
    if (waiting.length === 0 && published === before) return
    before = waiting.length === 0 ? published : ''
    if (Date.now() > deadline)
      throw new Error(`After ${patienceMs / 1000} seconds there still wait:\n${waiting.join('\n')}`)
    await pause(paceMs)
  }
}

/** One statement, so that it sees one state of the database. */
async function look(url: string): Promise<{ waiting: string[]; published: number }> {
  return withClient({ url }, async (client) => {
    const waiting = (await outboxes(client)).map(
      (schema) =>
        `select name || ' ' || id || ': ' || failures || ' failures, ' || starts || ' starts, pending ' ||
           coalesce(pending::text, '?') || ' ' || coalesce(last_error, '') as entry from ${schema}.outbox_entry`,
    )
    const { rows } = await client.query<{ waiting: string[]; published: string }>(
      `select array(${waiting.join(' union all ')}) as waiting, (select count(*) from ${recordingSchema}.entry) as published`,
    )
    const [row] = rows
    return { waiting: row?.waiting ?? [], published: Number(row?.published) }
  })
}
