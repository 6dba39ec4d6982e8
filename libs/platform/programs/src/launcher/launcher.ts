import { fork, type ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Command, Ended } from '../command.ts'
import { ProgramUnavailable, type Program } from '../program.ts'
import type { Order } from '../supervise.ts'
import type { FromLauncher, ToLauncher } from './protocol.ts'

/** `.ts` from source, `.js` where it was built. */
const source = join(import.meta.dirname, `program${extname(import.meta.filename)}`)

/** Starting one takes as long as a short run. */
const keptMilliseconds = 30_000

/** How a run goes on that somebody waits for. */
interface Waiting {
  hear(message: FromLauncher): void
  fail(error: Error): void
}

interface Launcher {
  readonly child: ChildProcess
  readonly runs: Map<number, Waiting>
  /** Ends it when it has had no work for a while. */
  ending?: NodeJS.Timeout
}

let lastRun = 0
let launcher: Launcher | undefined

/**
 * Runs a program as a child of a small process that does nothing else. A start copies the page tables of the process
 * that starts (fork(2)) and holds it up until the program is loaded: 6 ms for each 400 MB, 11 ms on a busy machine.
 * Resolves and rejects as {@link run} does, and rejects when the small process dies, which the program does not outlive.
 */
export function launch(
  program: Program,
  order: Order,
  { signal, read }: Pick<Command, 'signal' | 'read'>,
): Promise<Ended> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  const taken = (launcher ??= startLauncher(program))
  const { child, runs } = taken
  const run = ++lastRun
  let stopped: { readonly reason: unknown } | undefined
  const say = (message: ToLauncher) => void child.send(message, (error) => error && reject(error))
  const stop = (reason: unknown) => {
    stopped ??= { reason }
    say({ run, kind: 'stop' })
  }
  const abort = () => stop(signal?.reason)
  signal?.addEventListener('abort', abort)
  runs.set(run, {
    fail: reject,
    hear(message) {
      if (message.kind === 'printed') {
        try {
          if (!stopped) read?.(bytesOf(message.chunk))
        } catch (error) {
          stop(error)
        }
      } else if (stopped) reject(stopped.reason)
      else if (message.kind === 'ended') resolve(message.ended)
      else reject(errorOf(message))
    },
  })
  if (runs.size === 1) wake(taken)
  say({ run, kind: 'start', program, order, reads: read !== undefined })
  return promise.finally(() => {
    signal?.removeEventListener('abort', abort)
    runs.delete(run)
    if (runs.size === 0) rest(taken)
  })
}

/** @throws ProgramUnavailable if the machine has no room for a process */
function startLauncher({ path }: Program): Launcher {
  const child = fork(source, [], {
    // Where programs are at home, and nothing else of ours.
    env: { TMPDIR: tmpdir() },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const runs = new Map<number, Waiting>()
  // The error event says why, to whoever listens by then.
  if (child.pid === undefined) {
    child.on('error', () => undefined)
    throw new ProgramUnavailable(path, { cause: 'there is no room for another process' })
  }
  const over = (cause: unknown) => {
    if (launcher?.child === child) launcher = undefined
    const error = new Error('the process that runs programs ended', { cause })
    for (const { fail } of runs.values()) fail(error)
  }
  child.on('message', (message: FromLauncher) => runs.get(message.run)?.hear(message))
  child.once('error', over).once('exit', (code, signal) => over(signal ?? code))
  return { child, runs }
}

/** Without work it does not keep this process alive. */
function rest(resting: Launcher): void {
  const { child } = resting
  child.unref()
  child.channel?.unref()
  const end = () => {
    if (launcher === resting) launcher = undefined
    child.kill('SIGKILL')
  }
  resting.ending = setTimeout(end, keptMilliseconds).unref()
}

function wake({ child, ending }: Launcher): void {
  clearTimeout(ending)
  child.ref()
  child.channel?.ref()
}

function errorOf(message: Exclude<FromLauncher, { kind: 'printed' | 'ended' }>): Error {
  if (message.kind === 'unavailable') return new ProgramUnavailable(message.path, { cause: message.message })
  return new Error(message.kind === 'broken' ? message.message : 'a run stopped that nobody called off')
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength)
