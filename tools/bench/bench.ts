/**
 * Compares what we built with the bare minimum that does the same, in alternating rounds of one run:
 * `npm run bench -- [--case NAME]… [--rounds N] [--json FILE]`. Without `--case`, every file of `cases/`. Its exit code is 1
 * when a case falls short of its target.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { caseNames, loadCase } from './harness/catalogue.ts'
import { killAll } from './harness/child.ts'
import { measure } from './harness/measure.ts'
import { resultOf, rounds, table, type Result } from './harness/report.ts'
import { startServers } from './harness/servers.ts'

const { values: options } = parseArgs({
  options: {
    case: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
})
const known = await caseNames()
const chosen = options.case ?? known
const unknown = chosen.filter((name) => !known.includes(name))
const count = Number(options.rounds)
if (unknown.length > 0 || !Number.isInteger(count) || count < 1) {
  console.error(
    `Usage: npm run bench -- [--case NAME] [--rounds N] [--json FILE]\nCases: ${known.join(', ')}`,
  )
  process.exit(2)
}

const results: Result[] = []
for (const name of chosen) {
  const bench = await loadCase(name)
  console.log(`${name}: ${bench.about}`)
  const servers = await startServers()
  try {
    const contest = await bench.prepare(servers)
    try {
      const measured = await measure(contest, count, bench.warmUps)
      console.log(`${rounds(measured)}\n`)
      results.push(resultOf(name, bench, measured))
    } finally {
      await contest.close()
    }
  } finally {
    killAll()
    await servers.stop()
  }
}
console.log(table(results))
if (results.some(({ holds }) => !holds)) process.exitCode = 1
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`)
