/** Starts modules as a process of their own would, on the servers that the environment names. */
import { migrateModules, platformConfig, startPlatform } from '@cenopie/platform-runtime'
import type { Module } from '@cenopie/platform-runtime'
import { createLogger } from '@cenopie/platform-telemetry'

export async function startProcess(name: string, modules: readonly Module[]): Promise<void> {
  const config = platformConfig.parse({ port: Number(process.env['PORT'] ?? 0) })
  const adminUrl = process.env['DATABASE_URL'] ?? ''
  await migrateModules(modules, { adminUrl, secret: config.databaseSecret })
  const log = createLogger({ service: name, level: 'info' })
  await startPlatform({ name, modules, config, env: process.env, log })
}
