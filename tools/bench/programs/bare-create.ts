/** Drafting a posting without anything around it: the same four statements, the same answer. */
import { newId } from '@cenopie/platform-database'
import pg from 'pg'
import { serve } from './serve.ts'

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 5,
  options: '-c search_path=jobs -c timezone=UTC',
})

const insertPosting = {
  name: 'draft_insert',
  text: `INSERT INTO posting (id, company_id, title, description, location, workplace, employment, skills,
      pay_currency, pay_min, pay_max, pay_period, questions, expires_at, created_by, created_at, updated_at, state, version)
    SELECT $1::uuid, c.id, $3, $4, $5, $6, $7, $8::text[], $9, $10::int, $11::int, $12, $13::jsonb, $14::timestamptz,
      $15::uuid, $16::timestamptz, $16::timestamptz, 'draft', 1
    FROM company c WHERE c.id = $2::uuid
    RETURNING (SELECT c.name FROM company c WHERE c.id = company_id) AS name,
      (SELECT c.slug FROM company c WHERE c.id = company_id) AS slug`,
}
const insertEntry = {
  name: 'outbox_insert',
  text: `INSERT INTO outbox_entry
    (id, kind, name, version, entity_id, entity_version, payload, meta, run_at, pending, key)
    VALUES ($1::uuid, $2, $3, $4::int, $5, $6::bigint, $7::jsonb, $8::jsonb, coalesce($9::timestamptz, now()), $10::text[], $11)`,
}
const meta = JSON.stringify({
  actor: { kind: 'user', id: newId() },
  requestId: newId(),
  traceparent: `00-${newId().replaceAll('-', '')}-0123456789abcdef-01`,
})

serve(async (body) => {
  const { companyId, pay, ...draft } = JSON.parse(body)
  const id = newId()
  const at = new Date().toISOString()
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query({
      ...insertPosting,
      values: [
        id,
        companyId,
        draft.title,
        draft.description,
        draft.location,
        draft.workplace,
        draft.employment,
        draft.skills,
        pay.currency,
        pay.min,
        pay.max,
        pay.period,
        JSON.stringify(draft.questions),
        null,
        newId(),
        at,
      ],
    })
    const payload = JSON.stringify({ postingId: id, companyId, title: draft.title })
    await client.query({
      ...insertEntry,
      values: [newId(), 'event', 'jobs.posting-drafted', 1, id, 1, payload, meta, null, null, null],
    })
    await client.query('commit')
    const { name: companyName, slug: companySlug } = rows[0]
    const posting = { id, companyId, companyName, companySlug, ...draft, pay, state: 'draft', version: 1 }
    return { status: 201, body: JSON.stringify({ ...posting, createdAt: at, updatedAt: at }) }
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
})
