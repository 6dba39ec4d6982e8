import { parseArgs } from 'node:util'
import { modules } from '@cenopie/api'
import { modulePassword, moduleUrl, openDatabase, type Database } from '@cenopie/platform-database'
import { discard, listDeadLetters, replay } from '@cenopie/platform-outbox'
import { platformConfig, readConfig, type Environment } from '@cenopie/platform-runtime'

const usage = `npm run dead-letters -- list                                   what failed for good, in every module
npm run dead-letters -- replay <module> <id> <consumer>         tries it again, as new
npm run dead-letters -- discard <module> <id> <consumer>        gives up on it`

const env = process.env as Environment
const { positionals } = parseArgs({ allowPositionals: true })
const [command, module, id, consumer] = positionals

function open(schema: string): Database {
  const base = env.DATABASE_URL
  if (!base) throw new Error('DATABASE_URL is missing: the database that the platform uses')
  const { databaseSecret } = readConfig(platformConfig, '', env, env.CENOPIE_ENV === 'production')
  return openDatabase({
    url: moduleUrl(base, schema, modulePassword(databaseSecret, schema)),
    schema,
    poolSize: 1,
  })
}

async function list(): Promise<void> {
  for (const { contract } of modules) {
    const database = open(contract.name)
    for (const letter of await listDeadLetters(database))
      console.table([{ module: contract.name, ...letter }])
    await database.close()
  }
}

async function decide(
  act: (database: Database, id: string, consumer: string) => Promise<boolean>,
): Promise<void> {
  if (!module || !id || !consumer) throw new Error(usage)
  const database = open(module)
  const done = await act(database, id, consumer)
  await database.close()
  if (!done) throw new Error(`module ${module} has no dead letter ${id} of ${consumer}`)
  console.log(`${command}: ${id}`)
}

try {
  if (command === 'list') await list()
  else if (command === 'replay') await decide(replay)
  else if (command === 'discard') await decide(discard)
  else throw new Error(usage)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
