import { spawn } from 'node:child_process'
import type { FileHandle } from 'node:fs/promises'
import { TranscriptionError } from '../../domain/transcriber.ts'
import { programMissing } from './missing.ts'

/** What one run of a program may use; the kernel enforces all but `seconds`. */
export interface Limits {
  /** Of the wall clock. */
  readonly seconds: number
  readonly cpuSeconds: number
  /** Of address space, mapped models included. */
  readonly memoryBytes: number
  /** Of the largest file it writes. */
  readonly fileBytes: number
}

export interface Run {
  readonly args: readonly string[]
  readonly limits: Limits
  readonly signal: AbortSignal
  /** Standard input; empty without. */
  readonly input?: FileHandle
  /** Standard output goes here instead of being returned. */
  readonly output?: FileHandle
}

export interface Ended {
  /** Of standard output. */
  readonly text: string
  /** 0 when all went well; `undefined` when a limit or somebody's hand killed it. */
  readonly code: number | undefined
}

/** A program that says more than this is stopped, bytes. */
const longestOutput = 4 * 1024 * 1024

/** What `prlimit`, like a shell, answers for a program that it does not find. */
const notFound = 127

/**
 * Runs a program on untrusted input to its end, under limits, in a process group of its own that is killed whole when
 * the signal aborts or time is up. It gets nothing of this process's environment, where secrets are. What it says on
 * standard error may echo the recording and is thrown away.
 *
 * @throws TranscriptionError `program-missing`; the signal's own reason once it is aborted
 */
export async function run(program: string, { args, limits, signal, input, output }: Run): Promise<Ended> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  const child = spawn('nice', [...confinement(limits), program, ...args], {
    detached: true, // leads a group of its own
    // Two malloc arenas instead of eight per core: each reserves 64 MB of the limited address space.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', MALLOC_ARENA_MAX: '2' },
    stdio: [input?.fd ?? 'ignore', output?.fd ?? 'pipe', 'ignore'],
  })
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      killGroup(child.pid)
    }
  }
  const timer = setTimeout(kill, limits.seconds * 1000)
  signal.addEventListener('abort', kill)

  const said: Buffer[] = []
  let bytes = 0
  child.stdout?.on('data', (block: Buffer) => {
    bytes += block.length
    if (bytes > longestOutput) kill()
    else said.push(block)
  })
  child.once('error', (error: NodeJS.ErrnoException) => {
    reject(error.code === 'ENOENT' ? programMissing('nice') : error)
  })
  child.once('close', (code) => {
    if (code === notFound) reject(programMissing(program))
    else resolve({ text: Buffer.concat(said).toString(), code: code ?? undefined })
  })
  try {
    const ended = await promise
    signal.throwIfAborted()
    return ended
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', kill)
  }
}

/** Why a run that was not asked to stop ended without success. */
export function programFailed(program: string, { code }: Ended): TranscriptionError {
  const how = code === undefined ? 'was killed, by its limits or from outside' : `ended with ${code}`
  return new TranscriptionError('program-failed', `${program} ${how}.`)
}

/**
 * Each word replaces itself by the next, so that one process is left: behind whoever answers requests, killed by the
 * kernel when this process dies, without a way to more rights, and limited.
 */
function confinement({ cpuSeconds, memoryBytes, fileBytes }: Limits): string[] {
  const cpu = Math.ceil(cpuSeconds)
  return [
    ...['-n', '10', 'setpriv', '--pdeathsig', 'KILL', '--no-new-privs'],
    ...['prlimit', `--cpu=${cpu}:${cpu}`, `--as=${memoryBytes}`, `--fsize=${fileBytes}`, '--core=0', '--'],
  ]
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It ended by itself in this moment.
  }
}
