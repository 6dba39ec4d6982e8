import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'

/** Prisma's own schema engine as WebAssembly (no binary to download), on one connection. */
export interface Engine {
  /** Names of the migrations it applied; keeps `_prisma_migrations` as `prisma migrate deploy` does. */
  apply(migrations: MigrationList): Promise<string[]>
  /** SQL that leads from one to the other; empty if nothing differs. */
  diff(from: DiffTarget, to: DiffTarget): Promise<string>
}

const unfiltered = { externalTables: [], externalEnums: [] }

/** Runs `work` with an engine that is connected to `url` and works in `schema`. */
export async function withEngine<T>(
  options: { url: string; schema: string; datamodel?: { path: string; content: string } },
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await load()
  const pool = new pg.Pool({
    connectionString: options.url,
    // One connection, so that the engine's advisory lock and its statements share a session.
    max: 1,
    application_name: 'cenopie-migrate',
    options: `-c search_path=${options.schema} -c timezone=UTC`,
  })
  pool.on('error', () => undefined)
  const { datamodel } = options
  const engine = await SchemaEngine.new(
    { datamodels: datamodel ? [[datamodel.path, datamodel.content]] : undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(wholeScripts(pool, options.schema)),
  )
  try {
    return await work(describe(engine))
  } finally {
    engine.free()
    await pool.end()
  }
}

function describe(engine: SchemaEngine): Engine {
  return {
    async apply(migrationsList) {
      return (await engine.applyMigrations({ migrationsList, filters: unfiltered })).appliedMigrationNames
    },
    async diff(from, to) {
      const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: unfiltered })
      return stdout ?? ''
    },
  }
}

/** The adapter splits scripts at every `;`, even inside a function's body; PostgreSQL splits them right, in one transaction. */
function wholeScripts(pool: pg.Pool, schema: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool, { schema })
  const connect = async (): Promise<SqlDriverAdapter> =>
    Object.assign(await factory.connect(), {
      executeScript: async (script: string) => void (await pool.query(script)),
    })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}

/** `@types/node` leaves this global to lib.dom, which server code does not include. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>
}

let loaded: Promise<typeof import('@prisma/schema-engine-wasm')> | undefined

/** Compiling takes a while, so it happens once and only when something is pending. */
function load(): Promise<typeof import('@prisma/schema-engine-wasm')> {
  loaded ??= instantiate()
  return loaded
}

async function instantiate(): Promise<typeof import('@prisma/schema-engine-wasm')> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return bindings
}
