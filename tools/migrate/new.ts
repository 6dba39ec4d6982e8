import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findDifference } from './differences.ts'
import type { Domain } from './domains.ts'

/**
 * Writes the next migration of a domain and resolves to its path: what its schema.prisma has and its migrations lack,
 * found on `server`; undefined when that is nothing. Without a server, an empty file for SQL that Prisma cannot
 * express.
 */
export async function newMigration(
  domain: Domain,
  name: string,
  { server, now }: { server: string | undefined; now: Date },
): Promise<string | undefined> {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) {
    throw new Error(`"${name}" does not name a migration: lower case and underscores, like add_salary_range`)
  }
  const sql = server === undefined ? '' : await findDifference(server, domain)
  if (server !== undefined && sql === '') return undefined
  const folder = join(domain.migrationsDir, `${timestamp(now)}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(domain.migrationsDir, 'migration_lock.toml'), 'provider = "postgresql"\n')
  const file = join(folder, 'migration.sql')
  await writeFile(file, sql ? `${sql}\n` : '', { flag: 'wx' })
  return file
}

/** `20261123154000`, UTC: migrations run in the order of their names. */
function timestamp(now: Date): string {
  return now.toISOString().replaceAll(/\D/g, '').slice(0, 14)
}
