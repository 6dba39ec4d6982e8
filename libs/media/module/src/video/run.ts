import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VideoError } from './failure.ts'
import type { EffortLimits } from './limits.ts'
import type { Programs } from './programs.ts'
import { bytesBelow, cpuSecondsOf } from './usage.ts'
import { failureOf } from './verdict.ts'

export interface Command {
  readonly program: 'ffmpeg' | 'ffprobe'
  readonly args: readonly string[]
  readonly wallSeconds: number
  readonly limits: EffortLimits
  readonly signal?: AbortSignal | undefined
  /** Takes the tool's standard output as fast as it can; what it throws ends the run and rejects it. */
  readonly read?: ((chunk: Buffer) => void) | undefined
  /** Working folder, for outputs that name their parts relative to it; else there is none. */
  readonly folder?: string | undefined
  /** The file or folder that the run writes and that may grow to `limits.outputBytes`. */
  readonly writes?: string | undefined
}

/** Of the tool's own words, as many are kept for the log. */
const logCharacters = 8192
const watchMilliseconds = 500

/**
 * Runs ffmpeg or ffprobe to its end as a child that can do little: limited in time, processor, memory and output,
 * with nothing in its environment, nothing on its standard input, no home to keep anything in,
 * and killed with its process group on abort, on a limit, and by the kernel when this process dies.
 * Resolves to what it wrote to standard error, rejects with `VideoError` or the signal's reason.
 */
export async function run(programs: Programs, command: Command): Promise<string> {
  command.signal?.throwIfAborted()
  const home = await mkdtemp(join(tmpdir(), 'video-'))
  return supervise(start(programs, command, home), command)
}

/**
 * The child's home and working folder is gone as soon as the child is in it: it can write nothing but its output, and
 * nothing is left behind when this process is killed.
 */
function start(programs: Programs, command: Command, home: string): ChildProcess {
  try {
    const [file = '', ...args] = [...confinement(programs, command.limits), ...invocation(programs, command)]
    return spawn(file, args, {
      cwd: command.folder ?? home,
      // Two malloc arenas instead of eight per processor: each reserves 64 MB of the limited address space.
      env: { PATH: '/usr/bin:/bin', HOME: home, MALLOC_ARENA_MAX: '2' },
      detached: true,
      stdio: ['ignore', command.read ? 'pipe' : 'ignore', 'pipe'],
    })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function invocation(programs: Programs, { program, args }: Command): string[] {
  const quiet = ['-hide_banner', '-v', 'error']
  return [programs[program], ...quiet, ...(program === 'ffmpeg' ? ['-nostdin', '-y'] : []), ...args]
}

/**
 * Each word replaces itself by the next, so that one process is left. The soft CPU limit lies above the watched one
 * (which names the reason) and the hard one a little higher, since ffmpeg takes SIGXCPU as a wish to end.
 */
function confinement({ nice, setpriv, prlimit }: Programs, limits: EffortLimits): string[] {
  const cpu = limits.cpuSeconds + 2
  return [
    ...(nice ? [nice, '-n', '10'] : []),
    ...(setpriv ? [setpriv, '--pdeathsig', 'KILL', '--no-new-privs'] : []),
    ...(prlimit
      ? [
          prlimit,
          `--as=${limits.memoryBytes}`,
          `--cpu=${cpu}:${cpu + 2}`,
          `--fsize=${limits.outputBytes}`,
          '--nofile=64',
          '--core=0',
        ]
      : []),
  ]
}

async function supervise(child: ChildProcess, command: Command): Promise<string> {
  let log = ''
  let cpuSeconds = 0
  let stopped: { readonly reason: unknown } | undefined
  const stop = (reason: unknown) => {
    stopped ??= { reason }
    killGroup(child)
  }
  const { signal, limits, writes, read } = command
  const abort = () => stop(signal?.reason)
  const deadline = setTimeout(() => stop(new VideoError('timed-out')), command.wallSeconds * 1000)
  const watch = setInterval(() => {
    cpuSeconds = cpuSecondsOf(child.pid) ?? cpuSeconds
    if (cpuSeconds > limits.cpuSeconds) stop(new VideoError('too-costly'))
    if (writes && bytesBelow(writes) > limits.outputBytes) stop(new VideoError('output-too-large'))
  }, watchMilliseconds)
  signal?.addEventListener('abort', abort)
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-logCharacters)))
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      if (!stopped) read?.(chunk)
    } catch (error) {
      stop(error)
    }
  })
  try {
    const ended = ending(child)
    if (signal?.aborted) abort()
    const { code, signal: killed } = await ended
    if (stopped) throw withLog(stopped.reason, log)
    const failure = failureOf({ code, signal: killed, log })
    if (failure) throw failure
    return log
  } finally {
    clearTimeout(deadline)
    clearInterval(watch)
    signal?.removeEventListener('abort', abort)
  }
}

interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** After its streams are read to the end. */
function ending(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
    child.once('error', (cause) => reject(new VideoError('tool-failed', { cause, log: cause.message })))
  })
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (!pid || exitCode !== null || signalCode !== null) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself in this moment.
  }
}

function withLog(reason: unknown, log: string): unknown {
  return reason instanceof VideoError && !reason.log
    ? new VideoError(reason.code, { cause: reason, log })
    : reason
}
