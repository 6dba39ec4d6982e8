import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomUUID } from 'node:crypto'

/** A server under test in a process of its own, which logs to a file as it would in production. */
export interface Child {
  readonly process: ChildProcess
  /** Its exit code, or null if a signal ended it. */
  readonly exited: Promise<number | null>
  /** What it has logged so far. */
  log(): Promise<string>
  stop(): Promise<void>
}

const workspace = fileURLToPath(new URL('../../../', import.meta.url))

const running = new Set<ChildProcess>()

/** Ends whatever a case that failed has left behind. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts Node on a script of the workspace with `env` alone. Options of Node go through `BENCH_NODE_OPTIONS`: `--cpu-prof` to profile. */
export async function startChild(
  script: string,
  env: Record<string, string>,
  args: readonly string[] = [],
  options: Pick<SpawnOptions, 'detached'> = {},
): Promise<Child> {
  const logFile = join(tmpdir(), `cenopie-bench-${randomUUID()}.log`)
  const output = await open(logFile, 'w')
  const nodeOptions = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? []
  const child = spawn(process.execPath, [...nodeOptions, script, ...args], {
    ...options,
    stdio: ['ignore', output.fd, output.fd, 'ipc'],
    cwd: workspace,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
  })
  await output.close()
  running.add(child)
  child.once('exit', () => running.delete(child))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  return {
    process: child,
    exited,
    log: () => readFile(logFile, 'utf8'),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(timer)
      await rm(logFile, { force: true })
    },
  }
}

/** Resolves when `url` answers with 200; rejects with the log if the process ends or `seconds` pass first. */
export async function untilReady(
  child: Child,
  url: string,
  { seconds = 30, everyMs = 10 } = {},
): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const ok = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer()
        return response.ok
      },
      () => false,
    )
    if (ok) return
    if (child.process.exitCode !== null || performance.now() > deadline) {
      const log = await child.log()
      await child.stop()
      throw new Error(`${url} did not become ready:\n${log.slice(-4000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** Sends a message to a child and resolves to its answer. */
export function ask<T>(child: Child, message: object): Promise<T> {
  const answer = nextMessage<T>(child)
  child.process.send(message)
  return answer
}

/** Resolves to the next message of a child; rejects with its log if it ends first. */
export async function nextMessage<T>(child: Child): Promise<T> {
  const waiting = new AbortController()
  const message = once(child.process, 'message', { signal: waiting.signal }) as Promise<[T]>
  const ended = child.exited.then(async () => {
    throw new Error(`the process ended before it answered:\n${(await child.log()).slice(-4000)}`)
  })
  try {
    const [received] = await Promise.race([message, ended])
    return received
  } finally {
    waiting.abort()
    await message.catch(() => undefined)
  }
}

/** Runs a script to its end; rejects with its log if it fails. */
export async function runToEnd(
  script: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<void> {
  const child = await startChild(script, env, args)
  const code = await child.exited
  const log = await child.log()
  await child.stop()
  if (code !== 0) throw new Error(`${script} failed:\n${log.slice(-4000)}`)
}
