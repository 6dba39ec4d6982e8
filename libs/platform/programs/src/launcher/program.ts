/** Runs programs for the process that started it, and ends with it. */
import { ProgramUnavailable } from '../program.ts'
import { supervise } from '../supervise.ts'
import type { FromLauncher, ToLauncher } from './protocol.ts'

const runs = new Map<number, AbortController>()

process.on('message', (message: ToLauncher) => {
  if (message.kind === 'stop') runs.get(message.run)?.abort()
  else void start(message)
})
// The kernel ends the programs too, as it does when this process is killed.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// A terminal's Ctrl-C reaches every process: whoever started this one says when the work is over.
process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined)

async function start({ run, program, order, reads }: Extract<ToLauncher, { kind: 'start' }>): Promise<void> {
  const stopping = new AbortController()
  runs.set(run, stopping)
  const { signal } = stopping
  const read = reads ? (chunk: Buffer) => say({ run, kind: 'printed', chunk }) : undefined
  try {
    const ended = await supervise(program, order, { signal, read })
    await say({ run, kind: 'ended', ended })
  } catch (error) {
    await say({ run, ...failure(error, signal) })
  } finally {
    runs.delete(run)
  }
}

function failure(error: unknown, { aborted }: AbortSignal) {
  if (aborted) return { kind: 'stopped' } as const
  if (error instanceof ProgramUnavailable)
    return { kind: 'unavailable', path: error.program, message: `${error.cause}` } as const
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? '') : `${error}` } as const
}

/** Resolves once the kernel has it, so that whoever prints waits for whoever reads. */
function say(message: FromLauncher): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()))
}
