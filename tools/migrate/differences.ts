import { newId, schemaDifference, withClient } from '@cenopie/platform-database'
import type { Domain } from './domains.ts'

/**
 * What a domain's migrations lack against its schema.prisma, as SQL; empty if nothing. `server` is a superuser's URL
 * of a PostgreSQL where a scratch database may come and go.
 */
export async function findDifference(server: string, domain: Domain): Promise<string> {
  const scratch = `scratch_${newId().replaceAll('-', '')}`
  await withClient({ url: server }, (client) => client.query(`create database ${scratch}`))
  try {
    const url = new URL(server)
    url.pathname = scratch
    const { name: schema, schemaFile, migrationsDir } = domain
    return await schemaDifference({ url: url.href, schema, schemaFile, migrationsDir })
  } finally {
    await withClient({ url: server }, (client) => client.query(`drop database ${scratch} with (force)`))
  }
}
