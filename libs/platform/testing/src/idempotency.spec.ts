import { randomUUID } from 'node:crypto'
import { Fault } from '@cenopie/platform-contract'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createNotes, tooLoud } from './fixture/notes.ts'
import type { notesContract } from './fixture/notes.ts'
import { moments, victim } from './fixture/victim.ts'
import type { Death } from './fixture/victim.ts'
import { testModule, userActor } from './index.ts'
import type { HttpAnswer, TestModule } from './index.ts'
import { testIssuer } from './tokens.ts'

const author = userActor()
let written: () => Promise<void>
let app: TestModule<typeof notesContract>

const notes = () => createNotes({ written: () => written() })
beforeAll(async () => {
  app = await testModule(notes())
})
beforeEach(() => {
  written = () => Promise.resolve()
})
afterAll(() => app.close())

/** One request, to be sent any number of times. */
function writing(text: string, to = app, key: string = randomUUID()): () => Promise<HttpAnswer> {
  const headers = { 'idempotency-key': key }
  return () => to.http({ method: 'POST', url: '/api/v1/notes', actor: author, body: { text }, headers })
}

/** As an application would: until somebody answers. */
async function insist(write: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  let answer = await write()
  while (answer.status === 409) answer = await write()
  return answer
}

const inFlight = { status: 409, body: { code: 'idempotency-in-flight' } }
const noted = (text: string) => app.sql<{ id: string }>('SELECT id FROM note WHERE text = $1', [text])

test('a write that outlasts its deadline is not done again: a retry waits, then gets its answer', async () => {
  const hasty = await testModule(notes(), { platform: { requestSeconds: 1 } })
  onTestFinished(() => hasty.close())
  const held = Promise.withResolvers<void>()
  written = () => held.promise
  const write = writing('late', hasty)
  expect(await write()).toMatchObject({ status: 504, body: { code: 'deadline-exceeded' } })
  expect(await write()).toMatchObject(inFlight)
  held.resolve()
  const answer = await insist(write)
  expect(answer.status).toBe(201)
  expect(answer.headers.get('idempotency-replayed')).toBe('true')
  expect(await hasty.sql('SELECT 1 FROM note')).toHaveLength(1)
})

test('an answer that cannot be stored has no effect either', async () => {
  const write = writing('kept')
  await app.sql('ALTER TABLE idempotency_key ADD CONSTRAINT disk_full CHECK (status IS NULL) NOT VALID')
  expect(await write()).toMatchObject({ status: 500 })
  expect(await noted('kept')).toHaveLength(0)
  await app.sql('ALTER TABLE idempotency_key DROP CONSTRAINT disk_full')
  expect(await write()).toMatchObject({ status: 201 })
  expect(await noted('kept')).toHaveLength(1)
})

test('an answer that cannot be stored beside what was committed before is given all the same', async () => {
  const write = writing('gone on')
  written = async () => void (await app.platform.database('notes').query('SELECT 1'))
  await app.sql('ALTER TABLE idempotency_key ADD CONSTRAINT disk_full CHECK (status IS NULL) NOT VALID')
  expect(await write()).toMatchObject({ status: 201 })
  await app.sql('ALTER TABLE idempotency_key DROP CONSTRAINT disk_full')
  expect(await write()).toMatchObject(inFlight)
  expect(await noted('gone on')).toHaveLength(1)
})

test('a try whose lock ran out has no effect when another has taken its place', async () => {
  const write = writing('once')
  const waiting = () =>
    app.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
         AND query LIKE 'INSERT INTO note %'`,
    )
  const tries: Promise<HttpAnswer>[] = []
  await app.platform.database('notes').transaction(async (tx) => {
    await tx.query('LOCK TABLE note IN EXCLUSIVE MODE')
    tries.push(write())
    await expect.poll(waiting).toHaveLength(1)
    expect(await write()).toMatchObject(inFlight)
    await app.sql('UPDATE idempotency_key SET locked_until = now() WHERE status IS NULL')
    tries.push(write())
    await expect.poll(waiting).toHaveLength(2)
  })
  expect(await Promise.all(tries)).toMatchObject([inFlight, { status: 201 }])
  expect(await noted('once')).toHaveLength(1)
})

test('a refusal takes back nothing that was written before it, and a retry is carried out again', async () => {
  const write = writing('counted')
  written = () => Promise.reject(new Fault(tooLoud))
  expect(await write()).toMatchObject({ status: 409, body: { code: tooLoud.code } })
  expect(await noted('counted')).toHaveLength(1)
  written = () => Promise.resolve()
  expect(await write()).toMatchObject({ status: 201 })
  expect(await noted('counted')).toHaveLength(2)
})

test('a process may be killed at any moment: a retry elsewhere has one effect and gets its answer', async () => {
  const ISSUER = 'http://elsewhere.test'
  const issuer = await testIssuer(ISSUER)
  const identity = { ISSUER, KEYS: JSON.stringify(issuer.published) }

  /** Returns what the process said to PostgreSQL until it died, or answered. */
  async function killed(death: Death): Promise<number> {
    const text = `${death.moment} ${death.packet}`
    const key = randomUUID()
    const dying = await victim(app.urls, identity, death)
    const headers = {
      ...{ 'idempotency-key': key, 'content-type': 'application/json' },
      authorization: `Bearer ${await issuer.sign(author)}`,
    }
    const first = await fetch(`${dying.url}/api/v1/notes`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ text }) },
    }).then(
      (response) => response.json() as Promise<object>,
      () => undefined,
    )
    const said = dying.said()
    const end = dying.end()

    const retry = writing(text, app, key)
    const retried = await insist(retry)
    expect(retried).toMatchObject({ status: 201, body: first ?? { text } })
    const { id } = retried.body as { id: string }
    expect(await noted(text)).toEqual([{ id }])
    const again = await retry()
    expect(again).toMatchObject({ status: 201, body: retried.body as object })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    await end
    return said
  }

  const from = 'idempotency_claim'
  const whole = await killed({ from, packet: Infinity, moment: 'sent' })
  for (let packet = 1; packet <= whole; packet += 1) {
    await Promise.all(moments.map((moment) => killed({ from, packet, moment })))
  }
}, 180_000)
