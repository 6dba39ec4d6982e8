import pg from 'pg'
import { withClient } from './connect.ts'
import { moduleUrl } from './credentials.ts'
import { migrate } from './migrations.ts'
import { migratePlatformTables, type PlatformStep } from './platform-tables.ts'
import { isProvisioned, provision } from './provision.ts'

export interface MigrateModuleOptions {
  adminUrl: string
  schema: string
  password: string
  migrationsDir: string
  /** The platform's own tables, which live in every module's schema. */
  platform: readonly PlatformStep[]
  /** Extensions of PostgreSQL that the module's tables need. */
  extensions?: readonly string[] | undefined
}

export interface MigratedModule {
  /** For `openDatabase`. */
  url: string
  /** Names of what was applied now: platform steps, then migrations. */
  applied: string[]
}

/** No such role, or another password. */
const refused = new Set(['28P01', '28000'])

/**
 * Makes one module's schema ready: role and schema, the platform's tables, the module's own. When nothing is pending
 * it costs one connection of the module's own role and three queries. Safe in several processes at once.
 */
export async function migrateModule(options: MigrateModuleOptions): Promise<MigratedModule> {
  const url = moduleUrl(options.adminUrl, options.schema, options.password)
  let applied = await migrateAsModule(url, options)
  if (applied === undefined) {
    await provision(options)
    applied = await migrateAsModule(url, options)
  }
  if (applied === undefined)
    throw new Error(`schema ${options.schema} is not the module's own after provisioning`)
  return { url, applied }
}

/** Undefined: the role or its schema is not ready. */
async function migrateAsModule(url: string, options: MigrateModuleOptions): Promise<string[] | undefined> {
  const { schema, migrationsDir, platform, extensions } = options
  try {
    return await withClient({ url, schema }, async (client) => {
      if (!(await isProvisioned(client, schema, extensions))) return undefined
      const steps = await migratePlatformTables(client, schema, platform)
      return [...steps, ...(await migrate(client, { url, schema, migrationsDir }))]
    })
  } catch (error) {
    if (error instanceof pg.DatabaseError && refused.has(error.code ?? '')) return undefined
    throw error
  }
}
