import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** A running server of our own. */
export interface Server {
  url: string
  /** Resolves when the process is gone and, unless the caller named the data folder, the folder too. */
  stop(): Promise<void>
}

export interface ServerCommand {
  name: string
  command: string
  args: string[]
  /** What the server prints when it accepts connections. */
  ready: RegExp
  /** The signal that stops it. */
  stopSignal: 'INT' | 'QUIT' | 'TERM'
  /** Removed once the server has gone. */
  temporaryFolder?: string | undefined
  /** To run as, when we are root and the server refuses to be. */
  user?: { uid: number; gid: number } | undefined
  /** Receives what the server prints. */
  onOutput?: ((text: string) => void) | undefined
}

/**
 * Stands between us and the server, and stops the server when its standard input closes: on purpose, or because the
 * process that started it was killed, by whatever signal.
 */
const watchdog = `
  exec 3<&0
  "$@" </dev/null 3<&- &
  server=$!
  { read -r line <&3; kill -s "$STOP_SIGNAL" "$server"; } 2>/dev/null &
  watch=$!
  wait "$server"
  code=$?
  kill "$watch" 2>/dev/null
  if [ -n "$TEMPORARY_FOLDER" ]; then rm -rf "$TEMPORARY_FOLDER"; fi
  exit "$code"`

/** Starts a server under the watchdog and resolves when it accepts connections; rejects with what it printed. */
export async function supervise(options: ServerCommand): Promise<{ stop(): Promise<void> }> {
  const { name, command, args, ready, stopSignal, temporaryFolder, user, onOutput } = options
  const child = spawn('/bin/sh', ['-c', watchdog, name, command, ...args], {
    // Its own process group: Ctrl-C reaches us alone, and we decide what stops when.
    detached: true,
    cwd: '/',
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      STOP_SIGNAL: stopSignal,
      TEMPORARY_FOLDER: temporaryFolder ?? '',
    },
    ...user,
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })

  const stop = async (): Promise<void> => {
    child.ref()
    child.stdin.end()
    const inTime = await Promise.race([gone.then(() => true), wait(10_000, false, { ref: false })])
    if (!inTime && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await gone
    if (temporaryFolder !== undefined) await rm(temporaryFolder, { recursive: true, force: true })
  }

  let output = ''
  const isReady = new Promise<boolean>((resolve) => {
    const read = (chunk: Buffer) => {
      const text = chunk.toString()
      onOutput?.(text)
      // Enough to hold the ready line, or why there is none.
      output = (output + text).slice(-8192)
      if (ready.test(output)) resolve(true)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.stdin.on('error', () => undefined)
    void gone.then(() => resolve(false))
  })
  const started = await Promise.race([isReady, wait(60_000, false, { ref: false })])
  if (!started) {
    await stop()
    throw new Error(`${name} did not start:\n${output.trim() || `${command} printed nothing`}`)
  }
  // A process that ends without `stop` closes the watchdog's input, so nothing here needs to hold it open.
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as { unref?: () => void }).unref?.()
  child.unref()
  return { stop }
}
