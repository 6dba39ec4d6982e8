import { modulePassword, moduleUrl, openDatabase } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import type { z } from 'zod'
import { platformConfig, refuseUnknown, variable } from './config.ts'
import { publisherOf } from './describe.ts'
import { wantedBy } from './part.ts'
import type { Part } from './part.ts'
import type { PlatformOptions } from './platform.ts'
import { checkTaskPlaces } from './task-places.ts'

/** Refuses to start, and names it, when a neighbour is nowhere or a setting is unknown. */
export function checkConfiguration(options: PlatformOptions, parts: readonly Part[]): void {
  const { modules, composed = modules, env, remotes, isolated, config } = options
  const names = new Set(modules.map(({ contract }) => contract.name))
  const required = modules.flatMap(({ requires }) => Object.values(requires ?? {}).map(({ name }) => name))
  const publishers = parts.flatMap((part) => wantedBy(part).map(({ event }) => publisherOf(event)))
  const away = new Set([...required, ...(isolated ? [] : publishers)].filter((name) => !names.has(name)))
  const missing = [...away].filter((name) => !remotes?.[name] && !env[variable(name, 'url')])
  if (missing.length > 0) {
    const hints = missing.map((name) => `${name} is neither in this process nor at ${variable(name, 'url')}`)
    throw new Error(`required modules are missing: ${hints.join('; ')}`)
  }
  checkTaskPlaces(config.taskConcurrency, parts)
  const scopes: Record<string, z.ZodObject> = { '': platformConfig }
  for (const { contract, config } of composed) if (config) scopes[contract.name] = config
  refuseUnknown(
    env,
    scopes,
    [...away].map((name) => variable(name, 'url')),
  )
}

/** One module's pool, as its own role. */
export function openModuleDatabase(name: string, { config, env, log }: PlatformOptions): Database {
  const base = env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/cenopie'
  return openDatabase({
    url: moduleUrl(base, name, modulePassword(config.databaseSecret, name)),
    schema: name,
    poolSize: config.databasePool,
    applicationName: `cenopie ${name}`,
    log,
  })
}

/** Says in one line what to do when PostgreSQL is away or was never migrated. */
export async function checkDatabases(databases: ReadonlyMap<string, Database>): Promise<void> {
  await Promise.all(
    [...databases].map(async ([name, database]) => {
      try {
        await database.query('SELECT 1 FROM outbox_entry LIMIT 1')
      } catch (cause) {
        const code = (cause as { code?: string }).code ?? ''
        const unprepared = ['42P01', '42501', '28P01', '28000', '3D000', '3F000'].includes(code)
        const reason = unprepared
          ? `PostgreSQL has no schema for module ${name}: run "node migrate.js" beside the app, or "npm run migrate -- deploy" in a checkout.`
          : 'PostgreSQL does not answer: start it, or point DATABASE_URL at one that runs.'
        throw new Error(reason, { cause })
      }
    }),
  )
}
