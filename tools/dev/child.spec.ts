import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from './child.ts'

/** Waits for a thread to end, and to have an effect; then has something to say. */
const program = `
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
process.once('SIGTERM', () => console.log('told to stop'))
await once(new Worker(new URL('thread.mjs', import.meta.url)), 'exit')
await new Promise((resolve) => setImmediate(resolve))
console.log('still here')
`
const thread = 'await new Promise((resolve) => setImmediate(resolve))'

test('a process outlives its threads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-child-'))
  const [script, log] = [join(folder, 'program.mjs'), join(folder, 'program.log')]
  await writeFile(script, program)
  await writeFile(join(folder, 'thread.mjs'), thread)
  const child = startChild(script, [], { cwd: folder, env: process.env, log, errors: 'log' })
  expect(await child.exited).toBe(0)
  expect(await readFile(log, 'utf8')).toBe('still here\n')
  await rm(folder, { recursive: true })
})
