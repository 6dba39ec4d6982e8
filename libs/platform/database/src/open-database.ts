import type { Logger } from '@cenopie/platform-telemetry'
import pg from 'pg'
import { databaseFault } from './errors.ts'
import { parsers } from './parsers.ts'
import { prismaAdapter } from './prisma-adapter.ts'
import type { Database, NamedStatement, Queryable, Transaction } from './types.ts'

export interface DatabaseOptions {
  /** Of the module's own role: see `moduleUrl`. */
  url: string
  schema: string
  /** Connections at most. Default 5. */
  poolSize?: number
  /** Shown in `pg_stat_activity`. */
  applicationName?: string
  /** One statement's limit, milliseconds. Default 15,000. */
  statementTimeoutMs?: number
  /** Wait for a connection, milliseconds, before `unavailable`. Default 5,000. */
  connectTimeoutMs?: number
  log?: Logger
}

/** Opens one module's pool. Connects on first use, so it succeeds while PostgreSQL is away. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 5,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    // Half a minute: longer than any honest pause inside a transaction, short enough to free its locks.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: parsers,
    // Prisma's adapter reads and writes timestamps as if the session were in UTC.
    options: `-c search_path=${options.schema} -c timezone=UTC`,
    ...(options.applicationName === undefined ? {} : { application_name: options.applicationName }),
  })
  // An idle connection that breaks must not end the process; the next query opens another.
  pool.on('error', (error) =>
    options.log?.warn({ err: error, schema: options.schema }, 'idle connection lost'),
  )

  const { query } = queryable(pool)
  return {
    query,
    transaction: (work) => transaction(pool, work),
    prismaAdapter: prismaAdapter(pool, options.schema),
    ping: async () => void (await query('select 1')),
    close: () => pool.end(),
  }
}

function queryable(client: pg.Pool | pg.PoolClient): Queryable {
  return {
    async query<Row>(statement: string | NamedStatement, values: unknown[] = []): Promise<Row[]> {
      const config = typeof statement === 'string' ? { text: statement, values } : { ...statement, values }
      try {
        const result = await client.query(config)
        return result.rows as Row[]
      } catch (error) {
        throw databaseFault(error)
      }
    },
  }
}

async function transaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseFault(error)
  })
  // A connection that breaks while checked out says so here too; the query in flight rejects by itself.
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  const tx: Transaction = { ...queryable(client), transaction: true }
  try {
    await tx.query('begin')
    const result = await work(tx)
    const end = await client.query('commit')
    // PostgreSQL answers COMMIT with ROLLBACK when a statement failed and `work` swallowed the error.
    if (end.command !== 'COMMIT')
      throw new Error('a statement failed in this transaction, so it was rolled back')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken ??= failure
    })
    throw databaseFault(error)
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
