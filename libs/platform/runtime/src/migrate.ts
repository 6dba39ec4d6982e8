import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { migrateModule, modulePassword } from '@cenopie/platform-database'
import type { PlatformStep } from '@cenopie/platform-database'
import { outboxTables } from '@cenopie/platform-outbox'
import { platformConfig, readConfig } from './config.ts'
import type { Environment } from './config.ts'
import { chosen } from './module.ts'
import type { Module } from './module.ts'

const ownTables = ['0001_idempotency_key', '0002_confirmed_subscription', '0003_idempotency_claim'].map(
  (name): PlatformStep => {
    return { name, sql: readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8') }
  },
)

/**
 * Brings the schemas of modules up to date: role, platform tables, own migrations. Does nothing, quickly, when nothing
 * is pending. `adminUrl` may create roles. Returns what was applied, by module.
 */
export async function migrateModules(
  modules: readonly Pick<Module, 'contract' | 'prisma' | 'extensions'>[],
  options: { adminUrl: string; secret: string },
): Promise<Record<string, string[]>> {
  const applied = await Promise.all(
    modules.map(async ({ contract, prisma, extensions }) => {
      const migrated = await migrateModule({
        adminUrl: options.adminUrl,
        schema: contract.name,
        password: modulePassword(options.secret, contract.name),
        migrationsDir: fileURLToPath(new URL('migrations/', prisma)),
        platform: [...outboxTables, ...ownTables],
        extensions,
      })
      return [contract.name, migrated.applied] as const
    }),
  )
  return Object.fromEntries(applied)
}

/**
 * `migrateModules` on the PostgreSQL of `DATABASE_URL`, whose user may create roles. Throws what is missing, by name.
 */
async function deploy(
  modules: Parameters<typeof migrateModules>[0],
  env: Environment,
): Promise<Record<string, string[]>> {
  const adminUrl = env['DATABASE_URL']
  if (!adminUrl)
    throw new Error('DATABASE_URL is missing: the database to migrate, as a user who may create roles')
  const config = readConfig(
    platformConfig.pick({ databaseSecret: true, modules: true }),
    '',
    env,
    env['CENOPIE_ENV'] === 'production',
  )
  return migrateModules(chosen(modules, config.modules), { adminUrl, secret: config.databaseSecret })
}

/** The program `migrate` beside an app's `main`: says what it applied. Returns the exit code. */
export async function migrateCommand(modules: Parameters<typeof migrateModules>[0]): Promise<number> {
  try {
    const applied = await deploy(modules, process.env as Environment)
    for (const [module, names] of Object.entries(applied)) {
      process.stdout.write(`${module}: ${names.length === 0 ? 'up to date' : names.join(', ')}\n`)
    }
    return 0
  } catch (error) {
    process.stderr.write(`migrate: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}
