import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/** A statement with a name is prepared once per connection. */
export interface NamedStatement {
  name: string
  text: string
}

/** Where SQL runs: the pool, or one transaction. Placeholders are `$1`, `$2`, … */
export interface Queryable {
  query<Row = Record<string, unknown>>(statement: string | NamedStatement, values?: unknown[]): Promise<Row[]>
}

/** One open transaction of the module's own role. */
export interface Transaction extends Queryable {
  readonly transaction: true
}

/** What Prisma hands to `$transaction(async (tx) => …)`: enough of it to write SQL beside its own. */
export interface PrismaTransaction {
  $queryRawUnsafe<T = unknown>(sql: string, ...values: unknown[]): Promise<T>
}

/** Either kind of open transaction; `sqlOf(tx)` gives the SQL side of both. */
export type AnyTransaction = Transaction | PrismaTransaction

/** One module's database: its schema, its login role, its pool. */
export interface Database extends Queryable {
  /** Commits when `work` resolves, rolls back when it rejects. READ COMMITTED. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * Runs `work`, then `last` with its result. When `work` ends with a transaction (it returns, and asks for nothing
   * and waits for nothing after it), `last` writes in that transaction: both commit, or neither does. Every other
   * transaction commits as always, also if `work` rejects; then `last` gets this database.
   */
  endWith<T>(work: () => Promise<T>, last: (sql: Queryable, result: T) => Promise<void>): Promise<T>
  /** For `new PrismaClient({ adapter: database.prismaAdapter })`; the same pool as `query`. */
  readonly prismaAdapter: SqlDriverAdapterFactory
  /** Resolves when a connection answers; rejects otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}
