import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { staleDocuments, writeDocuments } from './documents.ts'
import { callEdges, eventEdges } from './edges.ts'
import { mermaid } from './mermaid.ts'
import { readModules } from './modules.ts'
import { readRecordedRun } from './recorded-run.ts'
import { table } from './table.ts'

const usage = `npm run architecture                           the modules, and who calls and hears whom
npm run architecture -- --json | --mermaid     the same as data, or as a flowchart
npm run architecture -- --calls <topology>     with calls per request, as npm run e2e recorded them (or a file of it)
npm run architecture -- --write | --check      writes the canvas of each module, or fails if one is stale`

const workspace = join(import.meta.dirname, '../..')

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      mermaid: { type: 'boolean' },
      write: { type: 'boolean' },
      check: { type: 'boolean' },
      calls: { type: 'string' },
    },
  })
  const modules = await readModules()
  if (values.write) {
    for (const path of writeDocuments(workspace, modules)) console.log(`wrote ${path}`)
    return 0
  }
  if (values.check) {
    const stale = staleDocuments(workspace, modules)
    for (const { path } of stale)
      console.error(`${path} is not what the code says: npm run architecture -- --write`)
    return stale.length === 0 ? 0 : 1
  }
  const recorded = values.calls === undefined ? undefined : readRecordedRun(values.calls)
  if (values.json) {
    const edges = { calls: callEdges(modules, recorded), events: eventEdges(modules) }
    console.log(JSON.stringify({ modules, ...edges, topology: recorded?.topology }, null, 2))
  } else console.log(values.mermaid ? mermaid(modules, recorded) : table(modules, recorded))
  return 0
}

try {
  process.exitCode = await run()
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  console.error(code?.startsWith('ERR_PARSE_ARGS') ? `${message}\n\n${usage}` : message)
  process.exitCode = 1
}
