import { task } from '@cenopie/platform-contract'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { clearFailed, fairStates, handle, pause, queueStates, resume, retry } from './index.ts'
import { workshop } from './workshop.fixture.ts'
import type { Workshop } from './workshop.fixture.ts'

const payload = z.object({ companyId: z.string() })
const cook = task('work.cook', payload, {
  concurrency: 1,
  attempts: 1,
  fairBy: ({ companyId }) => companyId,
})
const stew = task('work.stew', payload, { concurrency: 1, attempts: 3, backoffSeconds: 600 })
const patience = { timeout: 15_000 }

let shop: Workshop
let runs = 0
afterEach(() => shop.close())

const start = async (type: typeof cook, work: () => Promise<void> = async () => {}, places?: number) => {
  runs = 0
  const run = async () => {
    runs += 1
    await work()
  }
  shop = await workshop(handle(type, run), places === undefined ? undefined : new Map([[type.name, places]]))
}
const enqueue = (type: typeof cook, ...companies: string[]) =>
  shop.enqueue(
    type,
    companies.map((companyId) => ({ companyId })),
  )
const state = async () => (await queueStates(shop.database))[0]
const eventually = (check: () => Promise<void>) => vi.waitFor(check, patience)

test('a paused task waits though Redis is emptied, and runs when it is resumed', async () => {
  await start(cook)
  await pause(shop.tasks)
  await enqueue(cook, 'a')
  await eventually(async () => expect(await shop.queue.getPrioritizedCount()).toBe(1))
  await shop.flush()
  await eventually(async () => {
    expect(await shop.queue.getPrioritizedCount()).toBe(1)
    expect(await shop.queue.isPaused()).toBe(true)
  })
  expect(await state()).toMatchObject({ queue: cook.name, pausedAt: expect.any(Date), waiting: 1, active: 0 })
  expect(runs).toBe(0)

  await resume(shop.tasks)
  await eventually(async () => expect(await shop.unfinished()).toBe(0))
  expect([runs, await state()]).toEqual([1, undefined])
})

test('no process starts what PostgreSQL knows to be paused, whatever Redis says', async () => {
  await start(cook)
  await pause(shop.tasks)
  await shop.queue.resume()
  await enqueue(cook, 'a')
  await eventually(async () => expect(await shop.queue.getDelayedCount()).toBe(1))
  expect(runs).toBe(0)
  await resume(shop.tasks)
  await eventually(async () => expect(runs).toBe(1))
})

test('says what waits, runs and for how long, by queue and by account', async () => {
  const open = Promise.withResolvers<void>()
  await start(cook, () => open.promise)
  await enqueue(cook, 'a', 'a', 'a', 'b')
  await eventually(async () => expect(await state()).toMatchObject({ waiting: 3, active: 1, delayed: 0 }))
  expect((await state())?.oldestSeconds).toBeGreaterThanOrEqual(0)
  const accounts = await fairStates(shop.database, cook.name)
  expect(accounts.map(({ fairKey }) => fairKey).toSorted()).toEqual(['a', 'b'])
  expect(accounts.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(3)
  open.resolve()
  await eventually(async () => expect(await shop.unfinished()).toBe(0))
})

test('what failed for good is tried again on its account, or given up', async () => {
  let broken = true
  await start(cook, async () => {
    if (broken) throw new Error('no stove')
  })
  await enqueue(cook, 'a', 'b')
  await eventually(async () => expect(await state()).toMatchObject({ failed: 2, waiting: 0, active: 0 }))
  await pause(shop.tasks)
  expect(await retry(shop.tasks)).toEqual({ replayed: 2, hastened: 0 })
  expect((await fairStates(shop.database, cook.name)).map(({ fairKey }) => fairKey)).toEqual(['a', 'b'])
  await resume(shop.tasks)
  await eventually(async () => expect(await state()).toMatchObject({ failed: 2, waiting: 0, active: 0 }))

  expect(await clearFailed(shop.tasks)).toBe(2)
  expect([await state(), await shop.queue.getFailedCount()]).toEqual([undefined, 0])
  broken = false
  expect(await retry(shop.tasks)).toEqual({ replayed: 0, hastened: 0 })
})

test('what waits for a later try can be tried now', async () => {
  let broken = true
  await start(stew, async () => {
    if (broken) throw new Error('no stove')
  })
  await enqueue(stew, 'a')
  await eventually(async () => expect(await state()).toMatchObject({ delayed: 1, waiting: 0, active: 0 }))
  broken = false
  expect(await retry(shop.tasks)).toEqual({ replayed: 0, hastened: 1 })
  await eventually(async () => expect(await shop.unfinished()).toBe(0))
  expect(runs).toBe(2)
})

test('a process with no place for a task leaves it to others; one with two runs two', async () => {
  await start(cook, undefined, 0)
  await enqueue(cook, 'a')
  await eventually(async () => expect(await shop.queue.getPrioritizedCount()).toBe(1))
  expect(await shop.queue.getWorkersCount()).toBe(0)
  expect(runs).toBe(0)
  await shop.close()

  const open = Promise.withResolvers<void>()
  await start(cook, () => open.promise, 2)
  await enqueue(cook, 'a', 'b', 'c')
  await eventually(async () => expect(await state()).toMatchObject({ active: 2, waiting: 1 }))
  open.resolve()
  await eventually(async () => expect(await shop.unfinished()).toBe(0))
})
