import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

export interface Child {
  /** Resolves when the process has gone, to its exit code or signal. */
  readonly exited: Promise<number | NodeJS.Signals>
  /** Asks it to stop, and kills it after `patience` milliseconds. */
  stop(patience: number): Promise<void>
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>
}

export interface ChildOptions {
  cwd: string
  env: NodeJS.ProcessEnv
  /** File that receives standard output. */
  log: string
  /** Where errors appear: on ours unless they go to the log too. */
  errors?: 'log'
}

/**
 * Runs a TypeScript file as a process of its own, in its own process group: Ctrl-C reaches the launcher alone, which
 * decides what stops when. It does not outlive the launcher.
 */
export function startChild(script: string, args: string[], { cwd, env, log, errors }: ChildOptions): Child {
  const output = openSync(log, 'a')
  const follow = new URL('./follow-launcher.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--import', follow, script, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', output, errors === 'log' ? output : 'inherit'],
  })
  closeSync(output)
  child.stdin?.on('error', () => undefined)
  const exited = endOf(child)
  const signal = (name: NodeJS.Signals) => void (child.exitCode ?? child.signalCode ?? child.kill(name))
  return {
    exited,
    async stop(patience) {
      signal('SIGTERM')
      const gone = await Promise.race([exited.then(() => true), pause(patience, false, { ref: false })])
      if (!gone) signal('SIGKILL')
      await exited
    },
    async kill() {
      signal('SIGKILL')
      await exited
    },
  }
}

function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1))
  })
}
