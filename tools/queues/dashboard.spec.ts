import { request } from 'node:http'
import { Worker } from 'bullmq'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startDashboard } from './dashboard.ts'
import { openOperator, type Operator } from './operator.ts'
import { scene, task } from './scene.fixture.ts'

let at: Awaited<ReturnType<typeof scene>>
let operator: Operator
let dashboard: Awaited<ReturnType<typeof startDashboard>>
const password = 'opensesame'
const authorization = `Basic ${btoa(`operator:${password}`)}`

beforeAll(async () => {
  at = await scene()
  await at.queue.waitUntilReady()
  operator = await openOperator({
    env: at.env,
    topology: 'monolith',
    databaseUrl: at.env.DATABASE_URL,
    redisUrl: at.env.REDIS_URL,
  })
  const redisUrl = at.env.REDIS_URL
  dashboard = await startDashboard({
    port: 0,
    redisUrl,
    prefix: 'cenopie',
    password,
    operator: async () => operator,
  })
})
afterAll(async () => {
  await dashboard.stop()
  await operator.close()
  await at.close()
})

/** Not `fetch`, which sets `Host` and `Origin` itself. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string> = { authorization },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, dashboard.url), { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.once('error', reject)
    sent.end()
  })
}
const act = (action: string) => ask('PUT', `/api/queues/${task}/${action}`)

/** A try of a task that failed, as BullMQ keeps it. */
async function failedTry(id: string): Promise<void> {
  const worker = new Worker(task, () => Promise.reject(new Error('no mail server')), {
    connection: at.redis.duplicate(),
    prefix: 'cenopie',
  })
  const failed = new Promise((resolve) => worker.once('failed', resolve))
  await at.queue.add(task, { id }, { jobId: id })
  await failed
  await worker.close()
}

test('what is paused there is paused in PostgreSQL', async () => {
  expect(await act('pause')).toBe(200)
  expect([await at.count('outbox_pause'), await at.queue.isPaused()]).toEqual([1, true])
  expect(await act('resume')).toBe(200)
  expect([await at.count('outbox_pause'), await at.queue.isPaused()]).toEqual([0, false])
})

test('what failed for good is tried again from there, one or all, or given up', async () => {
  const [one, other, last] = [await at.dead(), await at.dead(), await at.dead()]
  for (const id of [one, other, last]) await failedTry(id)
  expect(await act(`${one}/retry`)).toBe(204)
  expect(await at.database.query('SELECT id FROM outbox_entry')).toEqual([{ id: one }])
  expect(await at.queue.getFailedCount()).toBe(2)
  expect(await act('retry/failed')).toBe(200)
  expect([await at.count('dead_letter'), await at.count('outbox_entry')]).toEqual([0, 3])
  await failedTry(await at.dead())
  expect(await act('clean/failed')).toBe(200)
  expect([await at.count('dead_letter'), await at.queue.getFailedCount()]).toEqual([0, 0])
})

test.each(['empty', 'obliterate'])('%s is refused: Redis does not hold the work', async (action) => {
  await at.queue.add(task, { id: 'a' }, { jobId: 'a' })
  expect(await act(action)).toBeGreaterThanOrEqual(400)
  expect(await at.queue.getWaitingCount()).toBe(1)
  await at.queue.remove('a')
})

test.each([
  ['without the password', {}, 401],
  ['with another password', { authorization: `Basic ${btoa('operator:x')}` }, 401],
  ['from a page of the web', { authorization, origin: 'http://evil.example' }, 403],
  ['through a name of the web that leads here', { authorization, host: 'evil.example' }, 403],
])('nobody gets in %s', async (_name, headers, status) => {
  expect(await ask('GET', '/api/queues', headers)).toBe(status)
  expect(await ask('PUT', `/api/queues/${task}/pause`, headers)).toBe(status)
  expect(await at.count('outbox_pause')).toBe(0)
})

test('an operator gets in', async () => {
  expect(await ask('GET', '/api/queues')).toBe(200)
})

test('an operator goes on when Redis was away', async () => {
  await operator.pause(task)
  await at.redis.call('CLIENT', 'KILL', 'TYPE', 'normal')
  await vi.waitFor(() => operator.resume(task), 10_000)
  expect(await at.count('outbox_pause')).toBe(0)
})
