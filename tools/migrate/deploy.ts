import { modules } from '@cenopie/api'
import { migrateModules, platformConfig, readConfig, type Environment } from '@cenopie/platform-runtime'

/**
 * Brings every module's schema on the PostgreSQL of `DATABASE_URL` up to date; its user may create roles. Returns what
 * was applied, by module.
 */
export async function deploy(env: Environment): Promise<Record<string, string[]>> {
  const adminUrl = env.DATABASE_URL
  if (!adminUrl)
    throw new Error('DATABASE_URL is missing: the database to migrate, as a user who may create roles')
  const production = env.CENOPIE_ENV === 'production'
  const { databaseSecret } = readConfig(platformConfig, '', env, production)
  return migrateModules(modules, { adminUrl, secret: databaseSecret })
}
