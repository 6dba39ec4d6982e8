import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapterFactory, SqlQueryable, Transaction } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import type { Endings } from './ending.ts'
import { databaseFault } from './errors.ts'
import type { NamedStatement, Queryable } from './types.ts'

/**
 * Prisma over a pool that is ours: disposing a client leaves the pool open. A lost connection surfaces from the
 * Prisma client as `Fault(unavailable)`, as it does from `query`: the client passes on errors it does not know.
 */
export function prismaAdapter(pool: pg.Pool, schema: string, endings: Endings): SqlDriverAdapterFactory {
  const factory = new PrismaPg(pool, { schema, disposeExternalPool: false })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = translateFaults(await factory.connect())
      const start = adapter.startTransaction.bind(adapter)
      const { queryRaw, executeRaw } = adapter
      adapter.queryRaw = async (query) => {
        await endings.before()
        return queryRaw(query)
      }
      adapter.executeRaw = async (query) => {
        await endings.before()
        return executeRaw(query)
      }
      adapter.startTransaction = async (isolation) => {
        await endings.before()
        return endedBy(endings, await start(isolation).then(translateFaults, refuse))
      }
      return adapter
    },
  }
}

/** Prisma sends COMMIT as a statement, then has `commit` or `rollback` give the connection back. */
function endedBy(endings: Endings, tx: Transaction): Transaction {
  const { executeRaw } = tx
  const giveBack = tx.commit.bind(tx)
  let given = false
  const release = async () => {
    if (given) return
    given = true
    await giveBack()
  }
  const end = (sql: string) => executeRaw({ sql, args: [], argTypes: [] }).finally(release)
  tx.executeRaw = async (query) => {
    if (query.sql !== 'COMMIT') return executeRaw(query)
    await endings.end({
      sql: sqlThrough(tx),
      commit: async () => void (await end('COMMIT')),
      rollback: async () => void (await end('ROLLBACK').catch(() => undefined)),
    })
    return 0
  }
  tx.commit = async () => undefined
  tx.rollback = release
  return tx
}

function sqlThrough(tx: SqlQueryable): Queryable {
  return {
    async query<Row>(statement: string | NamedStatement, args: unknown[] = []): Promise<Row[]> {
      const sql = typeof statement === 'string' ? statement : statement.text
      const argTypes = args.map(() => ({ scalarType: 'unknown', arity: 'scalar' }) as const)
      const { columnNames, rows } = await tx.queryRaw({ sql, args, argTypes })
      return rows.map((row) => Object.fromEntries(columnNames.map((name, at) => [name, row[at]]))) as Row[]
    },
  }
}

function translateFaults<Q extends SqlQueryable>(queryable: Q): Q {
  const queryRaw = queryable.queryRaw.bind(queryable)
  const executeRaw = queryable.executeRaw.bind(queryable)
  queryable.queryRaw = (query) => queryRaw(query).catch(refuse)
  queryable.executeRaw = (query) => executeRaw(query).catch(refuse)
  return queryable
}

function refuse(error: unknown): never {
  throw databaseFault(error)
}
