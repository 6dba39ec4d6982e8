import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild, type Child } from './child.ts'

/** Longest time from the process's start to its readiness. */
const startMs = 60_000
/** More than the API's own patience with running work (CENOPIE_STOP_SECONDS, 20). */
export const stopMs = 30_000

/** The API ended, or never got ready; the message is for people. */
export class ApiFailure extends Error {}

/** Starts the API with its workers and waits until it is ready. `url` is where it will answer. */
export async function startApi(options: {
  workspace: string
  env: NodeJS.ProcessEnv
  log: string
  url: string
}): Promise<Child> {
  const { workspace, env, log, url } = options
  const child = startChild(join(workspace, 'apps/api/src/main.ts'), [], { cwd: workspace, env, log })
  const deadline = Date.now() + startMs
  let ended = false
  void child.exited.then(() => (ended = true))
  while (!(await isReady(url))) {
    if (ended) throw new ApiFailure('The API did not start.')
    if (Date.now() > deadline) {
      child.kill()
      throw new ApiFailure(`The API was not ready after ${startMs / 1000} seconds; its log is ${log}.`)
    }
    await pause(50)
  }
  return child
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
