import { open, mkdtemp, readFile, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { findProgram, run, type Command, type Ended, type ProgramLimits } from '../index.ts'

export const limits: ProgramLimits = {
  ...{ wallSeconds: 30, cpuSeconds: 20 },
  ...{ memoryBytes: 1024 ** 3, outputBytes: 1_000_000 },
}

/** Runs a script of the shell; resolves to what it printed, too. */
export async function sh(script: string, given: Partial<Command> = {}): Promise<Ended & { told: string }> {
  let told = ''
  const read = (chunk: Buffer) => void (told += chunk)
  const ended = await run(await findProgram('sh'), { args: ['-c', script], limits, read, ...given })
  return { ...ended, told }
}

/** Lends a file that is gone afterwards. */
export async function withFile<T>(use: (file: FileHandle, path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'))
  const path = join(folder, 'file')
  const file = await open(path, 'wx+')
  try {
    return await use(file, path)
  } finally {
    await file.close()
    await rm(folder, { recursive: true })
  }
}

/** A process that nobody has waited for yet is a zombie: dead. */
export async function dead(pid: number): Promise<void> {
  await until(async () => {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    return status === undefined || /\) Z /.test(status)
  })
}

/** Waits for a condition of other processes, which tell nobody when it comes; the test's own time limit ends it. */
export async function until<T>(look: () => Promise<T | false | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await setImmediate()
  }
}
