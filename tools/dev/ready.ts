import { readFileSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Child } from './child.ts'

/** Longest time from the process's start to its readiness. */
const startMs = 120_000
/** More than a process's own patience with running work (CENOPIE_STOP_SECONDS, 20). */
export const stopMs = 30_000

/** Waits until a process answers that it is ready; rejects with a message for people if it ends before that. */
export async function untilReady(process: Child, url: string, title: string): Promise<void> {
  const deadline = Date.now() + startMs
  let ended = false
  void process.exited.then(() => (ended = true))
  while (!(await isReady(url))) {
    if (ended) throw new Error(`${title} did not start.`)
    if (Date.now() > deadline) throw new Error(`${title} was not ready after ${startMs / 1000} seconds.`)
    await pause(50)
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** The last lines of a log, at most `bytes` of it. */
export function endOfLog(log: string, lines: number, bytes = 16_384): string {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  const text = size === 0 ? '' : readFileSync(log).subarray(-bytes).toString()
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}
