import { createLogger } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'
import { platformConfig, readConfig } from './config.ts'
import type { Environment } from './config.ts'
import { chosen } from './module.ts'
import type { Module } from './module.ts'
import { startPlatform } from './platform.ts'
import type { Platform } from './platform.ts'

export interface ServeOptions {
  /** Name of the service in logs, metrics and internal tokens. */
  name: string
  modules: readonly Module[]
}

/**
 * Runs modules as one process until it is told to stop. What is wrong at start is said in one line per mistake,
 * with exit code 1. SIGTERM and SIGINT drain; a second one, or the limit, ends at once.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const env = process.env as Environment
  let log: ReturnType<typeof createLogger> | undefined
  try {
    const config = readConfig(platformConfig, '', env, env['CENOPIE_ENV'] === 'production')
    const name = config.name ?? options.name
    const modules = chosen(options.modules, config.modules)
    log = createLogger({ service: name, level: config.logLevel })
    const platform = await startPlatform({ name, modules, composed: options.modules, config, env, log })
    log.info({ url: platform.url, modules: modules.map(({ contract }) => contract.name) }, 'ready')
    stopOnSignals(platform, log, (config.drainSeconds + config.stopSeconds + 10) * 1000)
  } catch (error) {
    log?.flushNow()
    process.stderr.write(`${options.name}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

function stopOnSignals(platform: Platform, log: Logger & { flushNow(): void }, limitMs: number): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), limitMs).unref()
    platform.close().then(
      () => {
        log.info('stopped')
        log.flushNow()
        process.exit(0)
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        log.flushNow()
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
