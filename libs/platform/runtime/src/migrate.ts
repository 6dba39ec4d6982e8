import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { migrateModule, modulePassword } from '@cenopie/platform-database'
import type { PlatformStep } from '@cenopie/platform-database'
import { outboxTables } from '@cenopie/platform-outbox'
import type { Module } from './module.ts'

const ownTables: PlatformStep = {
  name: '0001_idempotency_key',
  sql: readFileSync(new URL('../sql/0001_idempotency_key.sql', import.meta.url), 'utf8'),
}

/**
 * Brings the schemas of modules up to date: role, platform tables, own migrations. Does nothing, quickly, when nothing
 * is pending. `adminUrl` may create roles. Returns what was applied, by module.
 */
export async function migrateModules(
  modules: readonly Pick<Module, 'contract' | 'prisma'>[],
  options: { adminUrl: string; secret: string },
): Promise<Record<string, string[]>> {
  const applied = await Promise.all(
    modules.map(async ({ contract, prisma }) => {
      const migrated = await migrateModule({
        adminUrl: options.adminUrl,
        schema: contract.name,
        password: modulePassword(options.secret, contract.name),
        migrationsDir: fileURLToPath(new URL('migrations/', prisma)),
        platform: [...outboxTables, ownTables],
      })
      return [contract.name, migrated.applied] as const
    }),
  )
  return Object.fromEntries(applied)
}
