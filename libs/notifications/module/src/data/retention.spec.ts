import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { started } from '../test-support/started.ts'
import type { Started } from '../test-support/started.ts'
import { forgetOld } from './retention.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterAll(() => on.close())

test.each([
  ['failed', 2, { status: 'failed', facts: null }],
  ['failed', 0, { status: 'failed', facts: { token: 'x' } }],
  ['waiting', 31, { status: 'failed', facts: null }],
  ['waiting', 29, { status: 'waiting', facts: { token: 'x' } }],
  ['queued', 99, { status: 'queued', facts: { token: 'x' } }],
  ['failed', 91, undefined],
  ['sent', 91, undefined],
])('%s for %i days', async (status, days, expected) => {
  const id = randomUUID()
  await on.app.sql(
    `INSERT INTO mail (id, entry_id, recipient, type, status, facts, updated_at)
     VALUES ($1, $1, 'x', 'new-sign-in', $2::mail_status, '{"token":"x"}', now() - $3 * interval '1 day')`,
    [id, status, days],
  )
  await forgetOld(on.app.platform.database('notifications'))
  const [row] = await on.app.sql('SELECT status, facts FROM mail WHERE id = $1', [id])
  expect(row).toEqual(expected)
})

test('announcements are kept for members who become known within a month', async () => {
  await on.app.sql(
    `INSERT INTO announcement (entry_id, type, company_id, occurred_at, facts, subject)
     SELECT gen_random_uuid(), 'x', gen_random_uuid(), now() - days * interval '1 day', '{}', '{}'
     FROM unnest(ARRAY[29, 31]) AS days`,
  )
  await forgetOld(on.app.platform.database('notifications'))
  expect(await on.app.sql('SELECT 1 FROM announcement')).toHaveLength(1)
})
