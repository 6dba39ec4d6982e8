import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queuesCommand } from './command.ts'
import { scene, task } from './scene.fixture.ts'

let at: Awaited<ReturnType<typeof scene>>
beforeAll(async () => {
  at = await scene()
})
afterAll(() => at.close())

/** Does what an operator types. */
async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const terminal = {
    env: at.env,
    print: (text: string) => void out.push(text),
    complain: (text: string) => void err.push(text),
  }
  return { code: await queuesCommand(words, terminal), out: out.join('\n'), err: err.join('\n') }
}

/** The same as a process of its own. */
function runApart(...words: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const script = join(import.meta.dirname, 'queues.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...words], { env: at.env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out: out.trim(), err: err.trim() }),
    )
  })
}
const rows = async (...words: string[]) =>
  JSON.parse((await run('list', ...words, '--json')).out) as Record<string, unknown>[]

test('lists every task and what waits, by queue and by account', async () => {
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

test('pauses, resumes, retries and gives up', async () => {
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
])('exits with %i and says why', async (code, err, words) => {
  expect(await run(...words)).toMatchObject({ code, err: expect.stringMatching(err) })
})

test('is a command of its own', { timeout: 60_000 }, async () => {
  await at.database.query('DELETE FROM outbox_entry')
  const { out } = await run('list', '--json')
  expect(await runApart('list', '--json')).toEqual({ code: 0, out, err: '' })
  expect(await runApart('pause')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^npm run queues/),
  })
})
