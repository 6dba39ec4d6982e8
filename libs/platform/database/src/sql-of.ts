import { databaseFault } from './errors.ts'
import type { AnyTransaction, PrismaTransaction, Queryable } from './types.ts'

/**
 * The SQL side of either kind of open transaction, with the same results. Three things to write so that a statement
 * works on both: cast JSON parameters (`$1::jsonb`, passed as `JSON.stringify(value)`), cast what a void function
 * returns (`pg_advisory_xact_lock($1)::text`), and cast dates in results (`day::text`).
 */
export function sqlOf(tx: AnyTransaction): Queryable {
  return 'query' in tx ? tx : viaPrisma(tx)
}

function viaPrisma(tx: PrismaTransaction): Queryable {
  return {
    async query<Row>(
      statement: string | { name: string; text: string },
      values: unknown[] = [],
    ): Promise<Row[]> {
      const text = typeof statement === 'string' ? statement : statement.text
      const rows = await tx
        .$queryRawUnsafe<Record<string, unknown>[]>(text, ...values)
        .catch((error: unknown) => {
          throw databaseFault(error)
        })
      return rows.map(likePg) as Row[]
    },
  }
}

/** Prisma gives int8 as bigint and numeric as Decimal (which drops trailing zeros); `query` gives number and string. */
function likePg(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, likePgValue(value)]))
}

function likePgValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  }
  if (isDecimal(value)) return value.toFixed()
  return value
}

function isDecimal(value: unknown): value is { toFixed(): string } {
  return typeof value === 'object' && value !== null && 'precision' in value && 'toFixed' in value
}
