import { spawn } from 'node:child_process'
import { readFile, type FileHandle } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { withNamelessFile } from '../audio/nameless-file.ts'
import { run, type Limits, type Run } from './run.ts'

const limits: Limits = { seconds: 30, cpuSeconds: 20, memoryBytes: 1024 ** 3, fileBytes: 1_000_000 }
const sh = (script: string, more: Partial<Run> = {}) =>
  run('sh', { args: ['-c', script], limits, signal: new AbortController().signal, ...more })

test('gives what a program prints and how it ended', async () => {
  expect(await sh('echo heard; exit 3')).toEqual({ text: 'heard\n', code: 3 })
})

test('lends a file as standard input that can be opened again, and another as output', async () => {
  await withNamelessFile((input) =>
    withNamelessFile(async (output) => {
      await input.write('said')
      await sh('cat /dev/stdin', { input, output })
      expect(await content(output)).toBe('said')
    }),
  )
})

test('a program sees none of our environment', async () => {
  const { text } = await sh('env')
  const names = text.split('\n').map((line) => line.split('=')[0])
  // The rest is what a shell sets by itself.
  expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_', ''].includes(name ?? '')).sort()).toEqual([
    'LC_ALL',
    'MALLOC_ARENA_MAX',
    'PATH',
  ])
})

test.each<[string, string, Partial<Limits>]>([
  ['time', 'sleep 60', { seconds: 0.2 }],
  ['CPU', 'while :; do :; done', { cpuSeconds: 1 }],
  ['output', 'yes', {}],
])('stops a program that takes too much %s', async (_, script, less) => {
  expect((await sh(script, { limits: { ...limits, ...less } })).code).toBeUndefined()
})

test('a program gets no more memory than its limit', async () => {
  const { text, code } = await sh('dd if=/dev/zero bs=300M count=1 2>/dev/null | wc -c', {
    limits: { ...limits, memoryBytes: 100_000_000 },
  })
  expect(`${code} ${text.trim()}`).toBe('0 0')
})

test('a program writes no more than its limit', async () => {
  await withNamelessFile(async (output) => {
    await sh('head -c 5000 /dev/zero', { output, limits: { ...limits, fileBytes: 1000 } })
    expect((await output.stat()).size).toBe(1000)
  })
})

test('an aborted run takes the children of its program with it', async () => {
  await withNamelessFile(async (output) => {
    const task = new AbortController()
    const stopped = new Error('consent was withdrawn')
    const running = sh('sleep 300 & echo $!; wait', { output, signal: task.signal })
    const child = async () => (await output.stat()).size > 0
    await expect.poll(child).toBe(true)
    const pid = Number(await content(output))
    task.abort(stopped)
    await expect(running).rejects.toBe(stopped)
    await expect.poll(() => alive(pid)).toBe(false)
  })
})

test('a run dies with the process that started it', async () => {
  const source = `
    import { run } from ${JSON.stringify(new URL('run.ts', import.meta.url).href)}
    const limits = ${JSON.stringify(limits)}
    await run('sleep', { args: ['300'], limits, signal: new AbortController().signal })`
  const worker = spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: 'ignore' })
  const sleeper = async () => {
    const children = `/proc/${worker.pid}/task/${worker.pid}/children`
    const pid = Number((await readFile(children, 'utf8')).trim())
    return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() === 'sleep' ? pid : 0
  }
  await expect.poll(() => sleeper().catch(() => 0), { timeout: 15_000 }).toBeGreaterThan(0)
  const pid = await sleeper()
  worker.kill('SIGKILL')
  await expect.poll(() => alive(pid)).toBe(false)
})

test('a run that was aborted before does not start', async () => {
  const stopped = new Error('stopped')
  await expect(sh('echo started', { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped)
})

test.each([['pocketsphinx_continuous_', 'pocketsphinx_continuous_ is missing.']])(
  'says that a program is missing',
  async (program, message) => {
    const signal = new AbortController().signal
    await expect(run(program, { args: [], limits, signal })).rejects.toMatchObject({
      reason: 'program-missing',
      retryable: true,
      message,
    })
  },
)

async function content(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

/** A process that nobody has waited for yet is a zombie: dead. */
async function alive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return status !== undefined && !/\) Z /.test(status)
}
