import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { chooseDomains } from './domains.ts'

const usage = `npm run migrate -- new <domain> <name>           writes the next migration from schema.prisma
npm run migrate -- new <domain> <name> --empty   writes an empty one, for SQL that Prisma cannot express
npm run migrate -- check [domain …]              fails if migrations and schema.prisma differ
npm run migrate -- deploy                        applies everything to DATABASE_URL
npm run migrate -- deploy --topology NAME        the same, each module in the database of its process`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { empty: { type: 'boolean' }, topology: { type: 'string' } },
})
const [command, ...words] = positionals

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run(): Promise<number> {
  if (command === 'new' && words[0] !== undefined && words[1] !== undefined) return create(words[0], words[1])
  if (command === 'check') return check(words)
  if (command === 'deploy') return apply()
  console.error(usage)
  return 2
}

async function create(domainName: string, name: string): Promise<number> {
  const { newMigration } = await import('./new.ts')
  const write = async (server: string | undefined) => {
    for (const domain of chooseDomains([domainName])) {
      const file = await newMigration(domain, name, { server, now: new Date() })
      console.log(file ? `wrote ${relative('', file)}: read it before you commit it` : 'nothing to migrate')
    }
  }
  await (values.empty ? write(undefined) : onScratchServer(write))
  return 0
}

async function check(names: string[]): Promise<number> {
  const { findDifference } = await import('./differences.ts')
  const domains = chooseDomains(names)
  let behind = 0
  await onScratchServer(async (server) => {
    for (const domain of domains) {
      const sql = await findDifference(server, domain)
      if (sql === '') continue
      behind += 1
      console.error(`${domain.name}: schema.prisma has what no migration makes:\n\n${sql}\n`)
    }
  })
  if (behind === 0) console.log(`${domains.length} domains: migrations and schema.prisma agree`)
  return behind === 0 ? 0 : 1
}

async function onScratchServer(work: (url: string) => Promise<void>): Promise<void> {
  const { startPostgres } = await import('@cenopie/platform-testing/servers')
  const postgres = await startPostgres()
  try {
    await work(postgres.url)
  } finally {
    await postgres.stop()
  }
}

async function apply(): Promise<number> {
  if (values.topology !== undefined) {
    const { migrateTopology } = await import('../topology/migrate.ts')
    const applied = await migrateTopology(values.topology, process.env)
    for (const [module, names] of Object.entries(applied))
      console.log(`${module}: ${names.length === 0 ? 'up to date' : names.join(', ')}`)
    return 0
  }
  const [{ modules }, { migrateCommand }] = await Promise.all([
    import('@cenopie/api'),
    import('@cenopie/platform-runtime'),
  ])
  return migrateCommand(modules)
}
