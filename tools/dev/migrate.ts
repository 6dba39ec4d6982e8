/** Brings the schemas of every module up to date, as a process that ends: the launcher need not load the domains. */
import { modules } from '@cenopie/api'
import { migrateModules, platformConfig, readConfig } from '@cenopie/platform-runtime'

const { databaseSecret: secret } = readConfig(platformConfig, '', process.env, false)
try {
  await migrateModules(modules, { adminUrl: process.env['DATABASE_URL']!, secret })
} catch (error) {
  process.stderr.write(
    `Migrating the database failed: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exitCode = 1
}
