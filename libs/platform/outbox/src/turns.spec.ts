import { task } from '@cenopie/platform-contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { handle } from './index.ts'
import type { Row } from './sql.ts'
import { takeTurns } from './turns.ts'
import { workshop } from './workshop.fixture.ts'
import type { Workshop } from './workshop.fixture.ts'

const payload = z.object({ companyId: z.string(), place: z.int() })
const transcribe = task('work.transcribe', payload, {
  concurrency: 1,
  attempts: 2,
  backoffSeconds: 0,
  fairBy: ({ companyId }) => companyId,
})
type Recording = z.output<typeof payload>

const recordings = (companyId: string, count: number): Recording[] =>
  Array.from({ length: count }, (_, place) => ({ companyId, place }))
const patience = { timeout: 15_000 }

let shop: Workshop
let runs: string[]
/** What a run does; the first one waits here until the test has set its scene. */
let work: (recording: Recording) => Promise<void>
let open: PromiseWithResolvers<void>

beforeEach(async () => {
  runs = []
  open = Promise.withResolvers()
  work = () => open.promise
  shop = await workshop(
    handle(transcribe, async (recording) => {
      runs.push(`${recording.companyId}${recording.place}`)
      await work(recording)
    }),
  )
})
afterEach(() => shop.close())

const relayed = () => vi.waitFor(async () => expect(await shop.unrelayed()).toBe(0), patience)
const finished = () => vi.waitFor(async () => expect(await shop.unfinished()).toBe(0), patience)
/** A company's recordings wait behind its first, which runs. */
async function backlog(companyId: string, count: number) {
  await shop.enqueue(transcribe, recordings(companyId, count))
  await relayed()
  await vi.waitFor(() => expect(runs).toHaveLength(1), patience)
}

test('two tasks of one company do not wait for 200 of another', async () => {
  await backlog('large', 200)
  await shop.enqueue(transcribe, recordings('small', 2))
  await relayed()
  open.resolve()
  await finished()
  expect(runs).toHaveLength(202)
  expect(runs.slice(0, 5).filter((run) => run.startsWith('small'))).toEqual(['small0', 'small1'])
})

test('turns outlive an emptied Redis', async () => {
  await backlog('large', 50)
  await shop.enqueue(transcribe, recordings('small', 1))
  await relayed()
  await shop.flush()
  await vi.waitFor(
    async () => expect(await shop.queue.getPrioritizedCount()).toBeGreaterThanOrEqual(50),
    patience,
  )
  open.resolve()
  await finished()
  expect(runs.slice(0, 5)).toContain('small0')
  expect(runs).toHaveLength(51)
})

test('who comes back with one task after the other takes turns with a backlog, and does not go before it', async () => {
  await backlog('large', 20)
  work = async ({ companyId, place }) => {
    if (companyId !== 'steady' || place === 20) return
    await shop.enqueue(transcribe, [{ companyId, place: place + 1 }])
    await vi.waitFor(async () => expect(await shop.unrelayed()).toBe(0), patience)
  }
  await shop.enqueue(transcribe, recordings('steady', 1))
  await relayed()
  open.resolve()
  await finished()
  const half = runs.slice(0, 20).filter((run) => run.startsWith('large')).length
  expect([9, 10, 11, 12]).toContain(half)
})

test('a task that failed has had its turn: the others of its company go before it', async () => {
  await backlog('large', 4)
  let failed = false
  work = async ({ place }) => {
    if (place === 1 && !failed) {
      failed = true
      throw new Error('once')
    }
    // By then the one that failed is back in the queue.
    if (place === 2) await relayed()
  }
  open.resolve()
  await finished()
  expect(runs).toEqual(['large0', 'large1', 'large2', 'large3', 'large1'])
})

test('relays of several processes at once give no turn of a company twice', async () => {
  await shop.database.query(
    `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, fair_key, relayed_at)
      SELECT gen_random_uuid(), 'task', 'other', 1, '{}', '{}', 'large', now() FROM generate_series(1, 200)`,
  )
  const rows = await shop.database.query<Row>(`SELECT * FROM outbox_entry WHERE name = 'other'`)
  const batches = [0, 50, 100, 150].map((from) => rows.slice(from, from + 50))
  await Promise.all(batches.map((batch) => shop.database.transaction((tx) => takeTurns(tx, batch))))
  const turns = rows.map(({ turn }) => turn ?? 0).toSorted((a, b) => a - b)
  expect(turns).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
})
