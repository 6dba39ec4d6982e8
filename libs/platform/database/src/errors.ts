import { Fault, faults } from '@cenopie/platform-contract'

/** SQLSTATEs that say "not now": connection exceptions, shutdown, start-up, failover, too many connections, deadlock. */
const transient = /^(08...|57P0[1235]|53300|25006|40001|40P01)$/
/** Node's socket errors. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
/** What `pg` and `pg-pool` say without any code. */
const lost =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end)/
/** Kinds of `DriverAdapterError`, and codes of Prisma's own errors, that mean the same. */
const prismaKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
])
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'])

/**
 * What a caller should see of a database error: a lost or refused connection becomes `unavailable`, a statement over
 * its time limit `deadline-exceeded`; anything else (constraint violations too) comes back as it is. Understands
 * errors of `pg`, of the driver adapter and of the Prisma client.
 */
export function databaseFault(error: unknown): unknown {
  if (error instanceof Fault) return error
  for (const cause of causes(error)) {
    if (cause instanceof Fault) return cause
    if (isTransient(cause)) {
      return new Fault(faults.unavailable, {
        detail: 'The database does not answer.',
        retryAfter: 1,
        cause: error,
      })
    }
    if (stringOf(cause, 'code') === '57014' || stringOf(cause, 'originalCode') === '57014') {
      return new Fault(faults.deadlineExceeded, { cause: error })
    }
  }
  return error
}

/** Whether a unique constraint or index (named `constraint`, if given) refused the write; Prisma's P2002 too. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  for (const cause of causes(error)) {
    const code = stringOf(cause, 'code') ?? stringOf(cause, 'originalCode')
    const kind = stringOf(cause, 'kind')
    if (code !== '23505' && code !== 'P2002' && kind !== 'UniqueConstraintViolation') continue
    const named = stringOf(cause, 'constraint') ?? stringOf(propertyOf(cause, 'constraint'), 'index')
    if (constraint === undefined || named === constraint) return true
  }
  return false
}

function isTransient(error: unknown): boolean {
  const code = stringOf(error, 'code') ?? stringOf(error, 'originalCode')
  if (code !== undefined && (transient.test(code) || unreachable.has(code) || prismaCodes.has(code)))
    return true
  const kind = stringOf(error, 'kind')
  if (kind !== undefined && prismaKinds.has(kind)) return true
  return error instanceof Error && lost.test(error.message)
}

/** The error and what it wraps: `cause`, and where Prisma keeps the driver's error (`meta.driverAdapterError`). */
function* causes(error: unknown): Generator<unknown> {
  let current = error
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    yield current
    current = propertyOf(current, 'cause') ?? propertyOf(propertyOf(current, 'meta'), 'driverAdapterError')
  }
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function stringOf(value: unknown, key: string): string | undefined {
  const property = propertyOf(value, key)
  return typeof property === 'string' ? property : undefined
}
