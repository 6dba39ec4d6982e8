import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Ended, Limit } from './command.ts'
import { confined, environment } from './confinement.ts'
import { behindOthers } from './priority.ts'
import { ProgramUnavailable, type Program } from './program.ts'
import { watch } from './watch.ts'

/** A command as another process can be told it. */
export interface Order extends Omit<Command, 'signal' | 'input' | 'output' | 'read'> {
  /** Path of what is lent as standard input. */
  readonly input?: string | undefined
  readonly output?: string | undefined
}

export interface Listener {
  readonly signal?: AbortSignal | undefined
  /** Where the promise is pending, nothing more is read. */
  readonly read?: ((chunk: Buffer) => void | Promise<void>) | undefined
}

/** Runs a program as a child of this very process. Resolves and rejects as {@link run} does. */
export async function supervise(program: Program, order: Order, listener: Listener): Promise<Ended> {
  listener.signal?.throwIfAborted()
  const child = start(program, order, listener)
  behindOthers(child)
  return toItsEnd(child, order, listener, program)
}

/**
 * The child's home and working folder is gone as soon as the child is in it: it can write nothing but its output, and
 * nothing is left behind when this process is killed.
 */
function start(program: Program, order: Order, { read }: Listener): ChildProcess {
  const { args, limits, input, output, logCharacters, folder } = order
  const home = mkdtempSync(join(tmpdir(), 'program-'))
  const lent: number[] = []
  const lend = (path: string, flags: string) => {
    const file = openSync(path, flags)
    lent.push(file)
    return file
  }
  try {
    const [file, ...words] = confined(program, limits)
    return spawn(file, [...words, ...args], {
      cwd: folder ?? home,
      env: environment(home),
      // It leads a process group of its own.
      detached: true,
      stdio: [
        input === undefined ? 'ignore' : lend(input, 'r'),
        output === undefined ? (read ? 'pipe' : 'ignore') : lend(output, 'r+'),
        logCharacters ? 'pipe' : 'ignore',
      ],
    })
  } finally {
    for (const file of lent) closeSync(file)
    rmSync(home, { recursive: true, force: true })
  }
}

async function toItsEnd(
  child: ChildProcess,
  order: Order,
  { signal, read }: Listener,
  { path }: Program,
): Promise<Ended> {
  const { logCharacters = 0 } = order
  let log = ''
  let limit: Limit | undefined
  let stopped: { readonly reason: unknown } | undefined
  const stop = (reason: unknown) => {
    stopped ??= { reason }
    killGroup(child)
  }
  const abort = () => stop(signal?.reason)
  signal?.addEventListener('abort', abort)
  const unwatch = watch(child, order, (reached) => {
    limit ??= reached
    killGroup(child)
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-logCharacters)))
  child.stdout?.on('data', (chunk: Buffer) => {
    if (stopped) return
    try {
      const taken = read?.(chunk)
      if (!taken) return
      child.stdout?.pause()
      taken.catch(stop).finally(() => child.stdout?.resume())
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
