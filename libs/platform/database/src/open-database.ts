import { randomBytes } from 'node:crypto'
import type { Logger } from '@cenopie/platform-telemetry'
import type pg from 'pg'
import { Endings } from './ending.ts'
import { databaseFault } from './errors.ts'
import { parsers } from './parsers.ts'
import { prismaAdapter } from './prisma-adapter.ts'
import { SharedPool } from './shared-pool.ts'
import type { Database, NamedStatement, Queryable, Transaction } from './types.ts'

export interface DatabaseOptions {
  /** Of the module's own role: see `moduleUrl`. */
  url: string
  schema: string
  /** Connections at most. Default 5. */
  poolSize?: number
  /** Shown in `pg_stat_activity`, followed by what tells this pool from every other. Default: cenopie. */
  applicationName?: string
  /** One statement's limit, milliseconds. Default 15,000. */
  statementTimeoutMs?: number
  /** Wait for a connection, milliseconds, before `unavailable`. Default 5,000. */
  connectTimeoutMs?: number
  log?: Logger
}

/** Opens one module's pool. Connects on first use, so it succeeds while PostgreSQL is away. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new SharedPool({
    connectionString: options.url,
    max: options.poolSize ?? 5,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    // Once connected it stays so: by its sessions others see that this process lives.
    min: 1,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    // Half a minute: longer than any honest pause inside a transaction, short enough to free its locks.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: parsers,
    // Prisma's adapter reads and writes timestamps as if the session were in UTC.
    options: `-c search_path=${options.schema} -c timezone=UTC`,
    application_name: `${options.applicationName ?? 'cenopie'} ${randomBytes(6).toString('hex')}`,
  })
  // An idle connection that breaks must not end the process; the next query opens another.
  pool.on('error', (error) =>
    options.log?.warn({ err: error, schema: options.schema }, 'idle connection lost'),
  )

  const endings = new Endings()
  const direct = queryable(pool)
  const query: Queryable['query'] = async (statement, values) => {
    const before = endings.before()
    if (before) await before
    return direct.query(statement, values)
  }
  const database: Database = {
    query,
    transaction: (work) => transaction(pool, endings, work),
    endWith: (work, last) => endings.run(work, (sql, result) => last(sql ?? database, result)),
    prismaAdapter: prismaAdapter(pool, options.schema, endings),
    ping: async () => void (await query('select 1')),
    close: () => pool.end(),
  }
  return database
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

async function transaction<T>(
  pool: pg.Pool,
  endings: Endings,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const before = endings.before()
  if (before) await before
  const { tx, ...finished } = await begin(pool)
  const result = await work(tx).catch(async (error: unknown) => {
    await finished.rollback()
    throw databaseFault(error)
  })
  await endings.end({ sql: tx, ...finished })
  return result
}

/** Ends with either `commit` or `rollback`; each gives the connection back. */
async function begin(pool: pg.Pool) {
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseFault(error)
  })
  // A connection that breaks while checked out says so here too; the query in flight rejects by itself.
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  const release = () => {
    client.off('error', onError)
    client.release(broken)
  }
  const tx: Transaction = { ...queryable(client), transaction: true }
  const rollback = async () => {
    await client.query('rollback').catch((failure: Error) => {
      broken ??= failure
    })
    release()
  }
  const commit = async () => {
    try {
      const end = await client.query('commit')
      // PostgreSQL answers COMMIT with ROLLBACK when a statement failed and `work` swallowed the error.
      if (end.command !== 'COMMIT')
        throw new Error('a statement failed in this transaction, so it was rolled back')
    } catch (error) {
      await rollback()
      throw databaseFault(error)
    }
    release()
  }
  await tx.query('begin').catch(async (error: unknown) => {
    await rollback()
    throw error
  })
  return { tx, commit, rollback }
}
