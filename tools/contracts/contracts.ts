import { parseArgs } from 'node:util'
import { accept, check } from './check.ts'
import { describeAll } from './describe-all.ts'
import { lineOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { waitingIn } from './waiting.ts'

const usage = `npm run contracts -- check                   fails if the code is not what the locks say, and tells why
npm run contracts -- check --database URL    also if an entry waiting in that database would not be understood;
                                             without the option DATABASE_URL, if it is set
npm run contracts -- accept                  writes the locks anew; refuses what would break yesterday's callers`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { database: { type: 'string' } },
})
/** Ids of entries in one line. */
const shown = 10
const today = new Date().toISOString().slice(0, 10)

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run(): Promise<number> {
  const [command, ...rest] = positionals
  if (rest.length > 0 || (command !== 'check' && command !== 'accept')) {
    console.error(usage)
    return 2
  }
  const domains = await describeAll()
  if (command === 'accept') {
    const refused = await accept(domains, today)
    tell(refused)
    if (refused.length === 0) console.log(`${domains.length} domains: locks say what the code says`)
    return refused.length === 0 ? 0 : 1
  }
  const found = await check(domains, today)
  tell(found)
  if (found.length === 0) console.log(`${domains.length} domains: the code is what the locks say`)
  const url = values.database ?? process.env['DATABASE_URL']
  const lost = url ? await strangers(url, domains) : 0
  return found.length + lost === 0 ? 0 : 1
}

function tell(found: readonly Finding[]): void {
  for (const one of found) console.error(lineOf(one))
}

/** Prints what waits, by name and version; returns how many entries would not be understood. */
async function strangers(url: string, domains: Parameters<typeof waitingIn>[1]): Promise<number> {
  const waiting = await waitingIn(url, domains)
  let lost = 0
  for (const { schema, table, kind, key, count, ids, reason } of waiting) {
    const what = `${schema}.${table}: ${count} × ${kind} ${key}`
    lost += ids.length
    if (ids.length === 0) console.log(`${what}, understood`)
    else {
      const list = ids.slice(0, shown).join(', ') + (ids.length > shown ? ', …' : '')
      console.error(`${what}, ${ids.length} NOT understood (${reason}): ${list}`)
    }
  }
  const all = waiting.reduce((sum, { count }) => sum + count, 0)
  console.log(`${all} entries wait in ${new URL(url).host}, ${lost} of them not understood`)
  return lost
}
