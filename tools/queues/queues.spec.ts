import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scene, task } from './scene.fixture.ts'

let at: Awaited<ReturnType<typeof scene>>
beforeAll(async () => {
  at = await scene()
})
afterAll(() => at.close())

/** Runs the command as an operator would. */
function run(...words: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'queues.ts'), ...words],
      { env: at.env },
      (error, out, err) => resolve({ code: error?.code ?? 0, out: out.trim(), err: err.trim() }),
    )
  })
}
const rows = async (...words: string[]) =>
  JSON.parse((await run('list', ...words, '--json')).out) as Record<string, unknown>[]

test('lists every task and what waits, by queue and by account', { timeout: 60_000 }, async () => {
  await at.waiting('large')
  await at.waiting('large')
  await at.waiting('small')
  const all = await rows()
  expect(all.map(({ queue }) => queue)).toContain('auth.schedules')
  expect(all.find(({ queue }) => queue === task)).toMatchObject({ waiting: 3, active: 0, pausedAt: null })
  expect(await rows(task)).toMatchObject([
    { fairKey: 'large', waiting: 2 },
    { fairKey: 'small', waiting: 1 },
  ])
  expect((await run('list')).out).toMatch(/auth\.send-verification\s+│ 3 /)
  await at.database.query('DELETE FROM outbox_entry')
})

test('pauses, resumes, retries and gives up', { timeout: 60_000 }, async () => {
  expect(await run('pause', task)).toMatchObject({ code: 0, out: `${task}: paused` })
  expect([await at.count('outbox_pause'), await at.queue.isPaused()]).toEqual([1, true])
  expect(await run('resume', task)).toMatchObject({ code: 0, out: `${task}: runs again` })
  expect([await at.count('outbox_pause'), await at.queue.isPaused()]).toEqual([0, false])
  await at.dead()
  expect((await run('retry', task)).out).toMatch(/: 1 that had failed for good and 0 /)
  expect([await at.count('dead_letter'), await at.count('outbox_entry')]).toEqual([0, 1])
  await at.dead()
  expect((await run('clear-failed', task)).out).toBe(`${task}: 1 given up`)
  expect([await at.count('dead_letter'), await at.count('outbox_entry')]).toEqual([0, 1])
})

test.each([
  [2, /npm run queues -- list/, ['pause']],
  [2, /npm run queues -- list/, ['stop', task]],
  [
    1,
    /^auth\.send-verificaton is no task; there are .*auth\.send-verification/,
    ['pause', 'auth.send-verificaton'],
  ],
])('exits with %i and says why', { timeout: 60_000 }, async (code, err, words) => {
  expect(await run(...words)).toMatchObject({ code, err: expect.stringMatching(err) })
})
