import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findProgram, ProgramUnavailable, run, type Command, type ProgramLimits } from './index.ts'
import { dead, limits, sh, until, withFile } from './testing/shell.ts'

describe('how a run ends is told plainly', () => {
  test.each([
    ['exit 3', { code: 3 }],
    ['kill -SEGV $$', { signal: 'SIGSEGV' }],
    ['kill -XCPU $$', { signal: 'SIGXCPU', limit: 'processor' }],
    ['kill -XFSZ $$', { signal: 'SIGXFSZ', limit: 'output' }],
  ])('%s', async (script, how) => {
    const nothing = { code: undefined, signal: undefined, limit: undefined, log: '', told: '' }
    expect(await sh(script)).toEqual({ ...nothing, ...how })
  })

  test.each<[string, string, Partial<ProgramLimits>]>([
    ['time', 'sleep 60', { wallSeconds: 0.2 }],
    ['processor', 'while :; do :; done', { cpuSeconds: 1 }],
  ])('too much %s', async (limit, script, less) => {
    const stopped = { limit, code: undefined, signal: 'SIGKILL' }
    expect(await sh(script, { limits: { ...limits, ...less } })).toMatchObject(stopped)
  })

  test('too much output, in one file', () =>
    withFile(async (output) => {
      const script = 'exec head -c 5000 /dev/zero'
      const ended = await sh(script, { output, limits: { ...limits, outputBytes: 1000 } })
      expect(ended.limit).toBe('output')
      expect((await output.stat()).size).toBe(1000)
    }))

  test('too much output, in many files', () =>
    withFile(async (_, path) => {
      const folder = join(dirname(path), 'parts')
      await mkdir(folder)
      const script = 'for part in 1 2 3 4; do head -c 900 /dev/zero > $part; done; sleep 60'
      const less = { ...limits, outputBytes: 1000 }
      expect(await sh(script, { folder, writes: folder, limits: less })).toMatchObject({ limit: 'output' })
    }))

  test('a run that was called off rejects with the reason', async () => {
    const stopped = new Error('stopped')
    await expect(sh('echo started', { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped)
  })

  test('a program that prints without end is stopped by who reads it', async () => {
    const enough = new Error('enough')
    const read = () => {
      throw enough
    }
    await expect(sh('while :; do echo more; done', { read })).rejects.toBe(enough)
  })

  test('there is no such program', async () => {
    await expect(findProgram('no-such-program')).rejects.toThrow('no-such-program was not found')
    await expect(findProgram('/no/such/program')).rejects.toThrow(ProgramUnavailable)
    const gone = { path: '/no/such/program', confiners: {}, missing: [] }
    await expect(run(gone, { args: [], limits })).rejects.toThrow('/no/such/program could not be started')
  })
})

test('a program is looked for until it is found, and not again', async () => {
  const found = await withFile(async (_, path) => {
    const program = `${path}-to-run`
    await expect(findProgram(program)).rejects.toThrow(ProgramUnavailable)
    await writeFile(program, '#!/bin/sh', { mode: 0o755 })
    return findProgram(program)
  })
  expect(await findProgram(found.path)).toBe(found)
})

describe('a child', () => {
  test('knows nothing of our environment, and has no home to keep anything in', async () => {
    const { told } = await sh('env; touch kept "$HOME/kept" 2>/dev/null || echo nowhere')
    const names = Array.from(told.matchAll(/^(\w+)=/gm), ([, name]) => name ?? '')
    // The rest is what a shell sets by itself.
    const given = names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)).sort()
    expect(given).toEqual(['HOME', 'LC_ALL', 'MALLOC_ARENA_MAX', 'PATH'])
    expect(told.trim().split('\n').at(-1)).toBe('nowhere')
    await expect(readdir(/^HOME=(.+)$/m.exec(told)?.[1] ?? '')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('is limited, polite, and has no input', async () => {
    const asked = 'nice; ulimit -v; ulimit -t; ulimit -c; ulimit -n; cat | wc -c; cat /proc/self/status'
    const { told } = await sh(asked)
    const [niceness, ...found] = told.split('\n')
    expect(Number(niceness)).toBeGreaterThanOrEqual(15)
    const expected = [limits.memoryBytes / 1024, limits.cpuSeconds + 2, 0, 64, 0]
    expect(found.slice(0, 5).map(Number)).toEqual(expected)
    expect(told).toMatch(/^NoNewPrivs:\t1$/m)
    expect((await findProgram('sh')).missing).toEqual([])
  })

  test('gets no more memory than its limit', async () => {
    const less = { limits: { ...limits, memoryBytes: 100_000_000 } }
    const { told } = await sh('dd if=/dev/zero bs=300M count=1 2>/dev/null | wc -c', less)
    expect(told.trim()).toBe('0')
  })

  test('is lent a file as standard input that it can open again, and another as output', () =>
    withFile((input) =>
      withFile(async (output, path) => {
        await input.write('said')
        await sh('cat /dev/stdin', { input, output })
        expect(await readFile(path, 'utf8')).toBe('said')
      }),
    ))

  test('may say what it likes: its words are thrown away, or the end of them is kept', async () => {
    const script = 'i=0; while [ $i -lt 2000 ]; do echo "line $i" >&2; i=$((i+1)); done'
    expect((await sh(script)).log).toBe('')
    const { log } = await sh(script, { logCharacters: 8192 })
    expect(log).toHaveLength(8192)
    expect(log).toMatch(/line 1999\n$/)
  })

  test('is killed with whatever it started', async () => {
    const calledOff = new AbortController()
    const stopped = new Error('stopped')
    let helper = 0
    const read = (chunk: Buffer) => {
      helper = Number.parseInt(`${chunk}`, 10)
      calledOff.abort(stopped)
    }
    const given: Partial<Command> = { read, signal: calledOff.signal }
    await expect(sh('sleep 1000 & echo $!; wait', given)).rejects.toBe(stopped)
    await dead(helper)
  })

  test('dies with the small process whose child it is, and the next run has another', async () => {
    let parent = 0
    let pid = 0
    const read = (chunk: Buffer) => {
      ;[parent = 0, pid = 0] = `${chunk}`.split(' ').map(Number)
      process.kill(parent, 'SIGKILL')
    }
    await expect(sh('echo $PPID $$; exec sleep 300', { read })).rejects.toThrow(
      'the process that runs programs',
    )
    await dead(pid)
    expect(Number((await sh('echo $PPID')).told)).not.toBe(parent)
  })

  test('is read to its last byte, however much it prints', async () => {
    let bytes = 0
    const read = (chunk: Buffer) => void (bytes += chunk.length)
    await sh('head -c 50000000 /dev/zero', { read })
    expect(bytes).toBe(50_000_000)
  })

  test.runIf(existsSync('/proc/self/autogroup'))('goes behind other sessions', async () => {
    const { told } = await sh('until grep -q "nice 15" /proc/self/autogroup; do :; done; echo behind')
    expect(told).toBe('behind\n')
  })

  test('dies with the process that started it', () =>
    withFile(async (_, path) => {
      await writeFile(
        `${path}.mts`,
        `import { sh } from ${JSON.stringify(join(import.meta.dirname, 'testing/shell.ts'))}
         await sh('echo $$ > ${path}; exec sleep 300')`,
      )
      const worker = spawn(process.execPath, [`${path}.mts`], { stdio: 'ignore' })
      const pid = await until(async () => Number(await readFile(path, 'utf8')))
      worker.kill('SIGKILL')
      await dead(pid)
    }))
})
