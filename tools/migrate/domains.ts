import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One module's Prisma files. */
export interface Domain {
  name: string
  schemaFile: string
  migrationsDir: string
}

const libs = join(import.meta.dirname, '../../libs')

/** Every domain whose module keeps tables of its own, by name. */
export function findDomains(): Domain[] {
  const all = readdirSync(libs).sort().map(describe)
  return all.filter(({ schemaFile }) => existsSync(schemaFile))
}

/** One domain, or all of them when none is named. Throws for a name that is none. */
export function chooseDomains(names: readonly string[]): Domain[] {
  const domains = findDomains()
  const unknown = names.find((name) => !domains.some((domain) => domain.name === name))
  if (unknown !== undefined) {
    throw new Error(
      `${unknown} is no domain with a schema; there are ${domains.map(({ name }) => name).join(', ')}`,
    )
  }
  return names.length === 0 ? domains : domains.filter(({ name }) => names.includes(name))
}

function describe(name: string): Domain {
  const prisma = join(libs, name, 'module', 'prisma')
  return { name, schemaFile: join(prisma, 'schema.prisma'), migrationsDir: join(prisma, 'migrations') }
}
