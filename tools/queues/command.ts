import { randomBytes } from 'node:crypto'
import { Console } from 'node:console'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { parseArgs } from 'node:util'
import { platformConfig, readConfig, type Environment } from '@cenopie/platform-runtime'
import type { Operator } from './operator.ts'

const usage = `npm run queues -- list                       what waits, runs and failed, by queue
npm run queues -- list TASK                  the same of one task, by account: those with the longest line first
npm run queues -- pause TASK …               lets no process start it any more; what runs ends
npm run queues -- resume TASK …
npm run queues -- retry TASK …               tries again, now: what failed for good and what waits for a later try
npm run queues -- clear-failed TASK …        gives up on what failed for good
npm run queues -- dashboard [--port PORT]    the same in a browser on this machine, until Ctrl-C

--topology NAME   where modules keep their data, if not all in the database of DATABASE_URL
--json            for programs
Reads DATABASE_URL, REDIS_URL, CENOPIE_DATABASE_SECRET and CENOPIE_REDIS_PREFIX as the platform does.`

const does = {
  pause: async (operator: Operator, task: string) => {
    await operator.pause(task)
    return 'paused'
  },
  resume: async (operator: Operator, task: string) => {
    await operator.resume(task)
    return 'runs again'
  },
  retry: async (operator: Operator, task: string) => {
    const { replayed, hastened } = await operator.retry(task)
    return `${replayed} that had failed for good and ${hastened} that waited for a later try are tried now`
  },
  'clear-failed': async (operator: Operator, task: string) => `${await operator.clearFailed(task)} given up`,
}

/** What a command reads, and where it writes. */
export interface Terminal {
  env: Environment
  print: (text: string) => void
  complain: (text: string) => void
}

/** Does what an operator typed; resolves to the exit code. */
export async function queuesCommand(words: string[], terminal: Terminal): Promise<number> {
  try {
    const asked = readWords(words)
    if (asked) {
      await run(asked, terminal)
      return 0
    }
    terminal.complain(usage)
    return 2
  } catch (error) {
    terminal.complain(error instanceof Error ? error.message : String(error))
    return 1
  }
}

interface Asked {
  command: string
  tasks: string[]
  topology: string
  json: boolean
  port: number
}

/** Nothing if no command is spelled so. Throws on an unknown option. */
function readWords(args: string[]): Asked | undefined {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      topology: { type: 'string', default: 'monolith' },
      json: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
    },
  })
  const [command = '', ...tasks] = positionals
  const known = command === 'list' || command === 'dashboard' || command in does
  const right = command === 'list' ? tasks.length <= 1 : (tasks.length === 0) === (command === 'dashboard')
  return known && right ? { ...values, command, tasks, port: Number(values.port) } : undefined
}

async function run({ command, tasks, topology, json, port }: Asked, terminal: Terminal): Promise<void> {
  const { env, print } = terminal
  const databaseUrl = env['DATABASE_URL']
  if (!databaseUrl) throw new Error('DATABASE_URL is missing: the database that the platform uses')
  // It loads every module, which whoever mistyped need not wait for.
  const { openOperator } = await import('./operator.ts')
  const operator = await openOperator({ env, topology, databaseUrl, redisUrl: env['REDIS_URL'] })
  try {
    if (command === 'list') print(await listed(operator, tasks[0], json))
    else if (command === 'dashboard') await dashboard(operator, port, terminal)
    else
      for (const task of tasks) print(`${task}: ${await does[command as keyof typeof does](operator, task)}`)
  } finally {
    await operator.close()
  }
}

async function listed(operator: Operator, task: string | undefined, json: boolean): Promise<string> {
  const rows = task === undefined ? await operator.states() : await operator.accounts(task)
  if (json) return JSON.stringify(rows)
  return table(
    rows.map(({ oldestSeconds, ...row }) => {
      const [name, state] = named(row)
      return [name, { ...state, 'oldest, seconds': oldestSeconds === null ? '' : Math.round(oldestSeconds) }]
    }),
  )
}

/** As `console.table` draws it. */
function table(rows: readonly (readonly [string, object])[]): string {
  const drawn = new PassThrough()
  new Console(drawn).table(Object.fromEntries(rows))
  return String(drawn.read()).trimEnd()
}

function named(row: Record<string, unknown>): [string, Record<string, unknown>] {
  const { queue, fairKey, pausedAt, ...counts } = row
  if (queue === undefined) return [String(fairKey ?? '(on nobody’s account)'), counts]
  return [String(queue), { ...counts, paused: pausedAt instanceof Date ? pausedAt.toISOString() : '' }]
}

async function dashboard(operator: Operator, port: number, { env, print }: Terminal): Promise<void> {
  const redisUrl = env['REDIS_URL']
  if (!redisUrl) throw new Error('REDIS_URL is missing: the Redis that the platform uses')
  const { redisPrefix: prefix } = readConfig(platformConfig.pick({ redisPrefix: true }), '', env, false)
  const password = randomBytes(18).toString('base64url')
  const { startDashboard } = await import('./dashboard.ts')
  const running = await startDashboard({ port, redisUrl, prefix, password, operator: async () => operator })
  print(`${running.url} until Ctrl-C, for the user operator with the password ${password}`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await running.stop()
}
