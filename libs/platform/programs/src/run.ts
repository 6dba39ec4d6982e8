import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Ended, Limit } from './command.ts'
import { confined, environment } from './confinement.ts'
import { ProgramUnavailable, type Program } from './program.ts'
import { watch } from './watch.ts'

/**
 * Runs a program on untrusted input to its end, as a child that can do little: limited in time, processor, memory and
 * output, with nothing of this process's environment, no home to keep anything in, and killed with its process group on
 * abort, on a limit, and by the kernel when this process dies. Resolves to how it ended, well or not.
 *
 * Rejects with the signal's reason, with what `read` throws, and with {@link ProgramUnavailable}.
 */
export async function run(program: Program, command: Command): Promise<Ended> {
  command.signal?.throwIfAborted()
  const home = await mkdtemp(join(tmpdir(), 'program-'))
  return supervise(start(program, command, home), command, program)
}

/**
 * The child's home and working folder is gone as soon as the child is in it: it can write nothing but its output, and
 * nothing is left behind when this process is killed.
 */
function start(program: Program, command: Command, home: string): ChildProcess {
  const { args, limits, input, output, read, logCharacters, folder } = command
  try {
    const [file, ...words] = confined(program, limits)
    return spawn(file, [...words, ...args], {
      cwd: folder ?? home,
      env: environment(home),
      // It leads a process group of its own.
      detached: true,
      stdio: [
        input?.fd ?? 'ignore',
        output?.fd ?? (read ? 'pipe' : 'ignore'),
        logCharacters ? 'pipe' : 'ignore',
      ],
    })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function supervise(child: ChildProcess, command: Command, { path }: Program): Promise<Ended> {
  const { signal, read, logCharacters = 0 } = command
  let log = ''
  let limit: Limit | undefined
  let stopped: { readonly reason: unknown } | undefined
  const stop = (reason: unknown) => {
    stopped ??= { reason }
    killGroup(child)
  }
  const abort = () => stop(signal?.reason)
  signal?.addEventListener('abort', abort)
  const unwatch = watch(child, command, (reached) => {
    limit ??= reached
    killGroup(child)
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-logCharacters)))
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      if (!stopped) read?.(chunk)
    } catch (error) {
      stop(error)
    }
  })
  try {
    const ended = ending(child, path)
    if (signal?.aborted) abort()
    const { code, signal: killed } = await ended
    if (stopped) throw stopped.reason
    return { limit: limit ?? limitOf(killed), code: code ?? undefined, signal: killed ?? undefined, log }
  } finally {
    unwatch()
    signal?.removeEventListener('abort', abort)
  }
}

interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** After its streams are read to the end. */
function ending(child: ChildProcess, path: string): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
    child.once('error', (cause) => reject(new ProgramUnavailable(path, { cause })))
  })
}

/** The limit by which the kernel ends a program. */
function limitOf(signal: NodeJS.Signals | null): Limit | undefined {
  if (signal === 'SIGXCPU') return 'processor'
  return signal === 'SIGXFSZ' ? 'output' : undefined
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (!pid || exitCode !== null || signalCode !== null) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself in this moment.
  }
}
