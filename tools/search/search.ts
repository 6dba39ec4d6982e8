import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { service, type CallContext } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import {
  connect,
  internalTokens,
  platformConfig,
  readConfig,
  type Environment,
} from '@cenopie/platform-runtime'
import { indexNames, searchContract, type IndexName } from '@cenopie/search-contract'

const usage = `npm run search -- reindex [INDEX]   builds indexes anew beside those in use, and swaps them
npm run search -- drift [INDEX]     compares indexes with the domains that own what is in them
INDEX: ${indexNames.join(', ')}; all of them when left out
CENOPIE_SEARCH_URL: the process that holds the search module; the monolith on this machine when left out`

const env = process.env as Environment
const [command, ...named] = parseArgs({ allowPositionals: true }).positionals
const patienceMs = 3_600_000

function call(): CallContext {
  const id = newId().replaceAll('-', '')
  return {
    actor: service('operator'),
    requestId: id,
    traceparent: `00-${id}-${id.slice(16)}-01`,
    deadline: Date.now() + 30_000,
  }
}

async function run(command: 'reindex' | 'drift', indexes: readonly IndexName[]): Promise<boolean> {
  const config = readConfig(platformConfig, '', env, env['CENOPIE_ENV'] === 'production')
  const url = env['CENOPIE_SEARCH_URL'] ?? `http://127.0.0.1:${config.port}`
  const search = connect(searchContract, url, internalTokens(config.internalSecret, 'operator'))
  const begun = new Date().toISOString()
  for (const index of indexes) {
    if (command === 'drift') await search.checkDrift({ index }, call())
    else if (!(await search.reindex({ index }, call())).started)
      console.log(`${index}: a rebuild is under way already`)
  }
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(500)) {
    const { items } = await search.getIndexes({}, call())
    const waiting = items.filter(({ index }) => indexes.includes(index))
    if (waiting.some(({ building, drift }) => building || !drift || drift.checkedAt < begun)) continue
    for (const { index, drift } of waiting) console.log(index, JSON.stringify(drift, undefined, 2))
    return true
  }
  console.error('It has not ended within an hour; it goes on without being watched.')
  return false
}

const unknown = named.filter((name) => !(indexNames as readonly string[]).includes(name))
if ((command === 'reindex' || command === 'drift') && unknown.length === 0) {
  const indexes = named.length > 0 ? (named as IndexName[]) : indexNames
  process.exitCode = (await run(command, indexes)) ? 0 : 1
} else {
  console.error(usage)
  process.exitCode = 2
}
