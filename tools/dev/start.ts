/** `npm start`: the whole platform on this machine, until Ctrl-C; `-- --topology NAME` in several processes. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch } from './launch.ts'
import { readSettings } from './settings.ts'
import { Stack } from './stack.ts'

const workspace = join(import.meta.dirname, '../..')
const started = new Stack()
const cancel = new AbortController()
let stopping = false

async function stop(exitCode: number): Promise<never> {
  stopping = true
  cancel.abort()
  await started.stop((name, error) => say(`Stopping ${name} failed: ${messageOf(error)}`))
  process.exit(exitCode)
}

function onSignal(): void {
  // The second time we leave at once: what we started notices that we are gone, and stops by itself.
  if (stopping) process.exit(130)
  say('\nStopping … (Ctrl-C again to stop at once)')
  void stop(0)
}

function say(text: string): void {
  console.log(text)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
// Whoever read our output may leave; that is no reason to lose the orderly stop.
process.stdout.on('error', () => undefined)

// If npm is killed, nobody can stop us with Ctrl-C any more.
const parent = process.ppid
if (process.env['npm_lifecycle_event'] !== undefined)
  setInterval(() => {
    if (process.ppid !== parent && !stopping) onSignal()
  }, 500).unref()

try {
  const { values } = parseArgs({ options: { topology: { type: 'string' } } })
  const settings = readSettings(process.env, workspace, values.topology)
  const platform = await launch({ workspace, settings, started, say, signal: cancel.signal })
  const why = await platform.ended
  if (!stopping) {
    console.error(`\n${why}`)
    await stop(1)
  }
} catch (error) {
  if (!stopping) {
    console.error(`\n${messageOf(error)}`)
    await stop(1)
  }
}
