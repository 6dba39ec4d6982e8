import { expect, test } from 'vitest'
import { run } from './run.ts'

const limits = { wallSeconds: 30, cpuSeconds: 20, memoryBytes: 1024 ** 3, outputBytes: 1_000_000 }
const sh = (script: string) => run('sh', { args: ['-c', script], limits })

test('gives what a program prints and how it ended, and nothing of its standard error', async () => {
  const ended = { text: 'heard\n', code: 3, signal: undefined, limit: undefined, log: '' }
  expect(await sh('echo heard; echo "what was said" >&2; exit 3')).toEqual(ended)
})

test('stops a program that says too much', async () => {
  await expect(sh('exec yes')).rejects.toMatchObject({
    reason: 'program-failed',
    message: 'sh said too much.',
  })
})

test.each([['pocketsphinx_continuous_', 'pocketsphinx_continuous_ is missing.']])(
  'says that a program is missing',
  async (program, message) => {
    const missing = { reason: 'program-missing', retryable: true, message }
    await expect(run(program, { args: [], limits })).rejects.toMatchObject(missing)
  },
)
