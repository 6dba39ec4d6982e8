import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotes } from './fixture/notes.ts'
import type { notesContract } from './fixture/notes.ts'
import { testModule, userActor } from './index.ts'
import type { TestModule } from './index.ts'

const author = userActor()
let held = Promise.withResolvers<void>()
let app: TestModule<typeof notesContract>

beforeAll(async () => {
  app = await testModule(createNotes({ written: () => held.promise }), { platform: { requestSeconds: 1 } })
})
afterAll(() => app.close())

test('a write that outlasts its deadline is not done again: a retry waits, then gets its answer', async () => {
  held = Promise.withResolvers()
  const headers = { 'idempotency-key': randomUUID() }
  const write = () =>
    app.http({ method: 'POST', url: '/api/v1/notes', actor: author, body: { text: 'late' }, headers })
  expect(await write()).toMatchObject({ status: 504, body: { code: 'deadline-exceeded' } })
  expect(await write()).toMatchObject({ status: 409, body: { code: 'idempotency-in-flight' } })
  held.resolve()
  let answer = await write()
  while (answer.status === 409) answer = await write()
  expect(answer.status).toBe(201)
  expect(answer.headers.get('idempotency-replayed')).toBe('true')
  expect(await app.sql('SELECT 1 FROM note')).toHaveLength(1)
})

test('an answer that could not be stored is given all the same, and the write is not repeated', async () => {
  held.resolve()
  const headers = { 'idempotency-key': randomUUID() }
  const write = () =>
    app.http({ method: 'POST', url: '/api/v1/notes', actor: author, body: { text: 'kept' }, headers })
  await app.sql('ALTER TABLE idempotency_key ADD CONSTRAINT disk_full CHECK (status IS NULL) NOT VALID')
  expect(await write()).toMatchObject({ status: 201 })
  expect(await write()).toMatchObject({ status: 409, body: { code: 'idempotency-in-flight' } })
  expect(await app.sql(`SELECT 1 FROM note WHERE text = 'kept'`)).toHaveLength(1)
})
