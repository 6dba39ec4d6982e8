import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import { databaseFault } from './errors.ts'

/**
 * Prisma over a pool that is ours: disposing a client leaves the pool open. A lost connection surfaces from the
 * Prisma client as `Fault(unavailable)`, as it does from `query`: the client passes on errors it does not know.
 */
export function prismaAdapter(pool: pg.Pool, schema: string): SqlDriverAdapterFactory {
  const factory = new PrismaPg(pool, { schema, disposeExternalPool: false })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = translateFaults(await factory.connect())
      const start = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = (isolation) => start(isolation).then(translateFaults, refuse)
      return adapter
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
