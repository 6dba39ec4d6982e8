import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
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
  const pool = new CatalogPool({
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
    bindMigrationAwareSqlAdapterFactory(mended(pool, options.schema)),
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

/**
 * The adapter with two things mended for the schema engine: scripts go to PostgreSQL whole (it would split them at
 * every `;`, even inside a function's body), so each runs in one transaction; and the catalogue's type "char",
 * which the adapter does not know, passes as text.
 */
function mended(pool: pg.Pool, schema: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool, { schema })
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => withCharacters(await queryRaw(query))
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? adapterError(error) : error
      })
    }
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}

/** In the shape in which the engine reports it, and keeps it in the history. */
function adapterError({ code = '', severity = 'ERROR', message, detail, column, hint }: pg.DatabaseError) {
  return new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
}

/** Which columns of a result were of type "char", by the array that holds its rows. */
const charColumns = new WeakMap<object, number[]>()
/** Object id of the catalogue's one-byte type "char". */
const charType = 18

/** A pool that reports columns of type "char" as text, and remembers them. */
class CatalogPool extends pg.Pool {
  override query = (async (config: pg.QueryConfig) => {
    const result = await super.query(config)
    // A script of several statements has several results.
    for (const { fields, rows } of [result].flat()) {
      const found = [...fields.keys()].filter((column) => fields[column]?.dataTypeID === charType)
      for (const field of fields) {
        if (field.dataTypeID === charType) field.dataTypeID = pg.types.builtins.TEXT
      }
      charColumns.set(rows, found)
    }
    return result
  }) as pg.Pool['query']
}

/** Gives remembered columns the type that the engine expects. */
function withCharacters(result: SqlResultSet): SqlResultSet {
  const found = charColumns.get(result.rows) ?? []
  const columnTypes = result.columnTypes.map((type, column) =>
    found.includes(column) ? ColumnTypeEnum.Character : type,
  )
  return { ...result, columnTypes }
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

/** Where the engine says why it gave up; without it a crash has no message. */
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: {
    set_message(message: string) {
      throw new Error(message)
    },
  },
})

async function instantiate(): Promise<typeof import('@prisma/schema-engine-wasm')> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return bindings
}
