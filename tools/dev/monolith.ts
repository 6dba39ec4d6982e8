import { join } from 'node:path'
import { startChild } from './child.ts'
import type { Launch } from './launch.ts'
import { endOfLog, stopMs, untilReady } from './ready.ts'
import { apiEnvironment, foldersOf } from './settings.ts'

/** What runs the modules, in one process or in several. */
export interface Platform {
  /** Where clients reach it. */
  url: string
  processes: { name: string; url: string; log: string }[]
  /** Resolves when one of its processes ended by itself, to what a person should know. */
  ended: Promise<string>
}

export interface Servers {
  database: string
  redis: string
}

/** The API alone, with every module. */
export async function startMonolith(launch: Launch, servers: Servers): Promise<Platform> {
  const { workspace, settings, started, say } = launch
  const { log } = foldersOf(settings.dataDir)
  const env = apiEnvironment(process.env, settings, servers)
  const run = (name: string, script: string, args: string[], patience = 0) => {
    const child = startChild(join(workspace, script), args, { cwd: workspace, env, log })
    started.push(name, () => child.stop(patience))
    return child
  }

  say('Migrating …')
  const migration = run('the migration', 'tools/migrate/migrate.ts', ['deploy'])
  if ((await migration.exited) !== 0) throw new Error(`Migrating failed; see ${log}.`)

  say('Starting the API and its workers …')
  const url = `http://127.0.0.1:${settings.ports.api}`
  const api = run('the API', 'apps/api/src/main.ts', [], stopMs)
  await untilReady(api, url, 'The API')
  const ended = api.exited.then((outcome) => endedBy('The API', outcome, endOfLog(log, 5)))
  return { url, processes: [{ name: 'API', url, log }], ended }
}

export function endedBy(title: string, outcome: number | string, log: string): string {
  return `${title} ended by itself (${outcome}). The end of its log:\n\n${log}\n`
}
