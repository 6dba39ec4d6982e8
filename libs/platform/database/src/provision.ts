import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { withClient } from './connect.ts'
import { roleOf } from './credentials.ts'
import { scramVerifier } from './scram.ts'

export interface ProvisionOptions {
  /** Of a superuser, or of the database's owner with CREATEROLE. */
  adminUrl: string
  schema: string
  /** ASCII; the role's own. */
  password: string
  /** Extensions that the module's tables need. They go into the schema `public`, which every module may read. */
  extensions?: readonly string[] | undefined
}

/** Roles belong to the whole cluster, so two databases being provisioned may touch one role at once. */
const raced = new Set(['23505', '42710', '42P06', 'XX000', '40001', '40P01'])

/**
 * Creates a module's schema and the login role `cenopie_<schema>` that owns it, and takes every privilege on it
 * from everybody else. Idempotent; safe when several processes do it at once. PostgreSQL 15 and later.
 */
export async function provision(options: ProvisionOptions): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(options.schema))
    throw new Error(`${options.schema} cannot name a schema`)
  const misnamed = options.extensions?.find((name) => !/^[a-z][a-z0-9_]{0,39}$/.test(name))
  if (misnamed !== undefined) throw new Error(`${misnamed} cannot name an extension`)
  if (!/^[\x21-\x7e]+$/.test(options.password))
    throw new Error('a module password consists of printable ASCII')
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withClient({ url: options.adminUrl }, (admin) => provisionOnce(admin, options))
      return
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !raced.has(error.code ?? '') || attempt === 10) throw error
      await wait(20 * attempt * (1 + Math.random()))
    }
  }
}

async function provisionOnce(admin: pg.Client, options: ProvisionOptions): Promise<void> {
  const { schema, password, extensions = [] } = options
  const role = roleOf(schema)
  await admin.query('begin')
  await admin.query(`select pg_advisory_xact_lock(hashtextextended('cenopie provision', 0))`)
  // A new role has no other right unless it is asked for: no superuser, no database, no roles.
  const verb = (await roleExists(admin, role)) ? 'alter' : 'create'
  await admin.query(`${verb} role ${role} login password '${scramVerifier(password)}'`)
  await admin.query(`alter role ${role} set search_path = ${schema}`)
  await admin.query(`alter role ${role} set timezone = 'UTC'`)
  await admin.query(
    `do $$ begin execute format('grant connect on database %I to ${role}', current_database()); end $$`,
  )

  // The module's role may not: some extensions run as the server's own user.
  for (const name of extensions)
    await admin.query(`create extension if not exists ${name} with schema public`)

  const superuser = await isSuperuser(admin)
  // Only a member may give an object to a role; since PostgreSQL 16 creating a role no longer makes one.
  if (!superuser) await admin.query(`grant ${role} to current_user`)
  await admin.query(`create schema if not exists ${schema} authorization ${role}`)
  await admin.query(`revoke create on schema public from public`)
  await admin.query(`set local role ${role}`)
  await admin.query(closeSchema(schema))
  await admin.query('reset role')
  if (!superuser) await admin.query(`revoke ${role} from current_user`)
  await admin.query('commit')
}

/** Run as the owner: whoever else was given something on the schema loses it, now and for what comes. */
function closeSchema(schema: string): string {
  return `
    do $$
    declare other text;
    begin
      for other in
        select distinct case when grantee = 0 then 'public' else grantee::regrole::text end
        from pg_namespace, aclexplode(nspacl)
        where nspname = '${schema}' and grantee <> nspowner
      loop
        execute 'revoke all on schema ${schema} from ' || other;
      end loop;
    end $$;
    revoke all on schema ${schema} from public;
    revoke all on all tables in schema ${schema} from public;
    revoke all on all sequences in schema ${schema} from public;
    revoke all on all routines in schema ${schema} from public;
    alter default privileges revoke all on routines from public;
    alter default privileges revoke all on types from public;`
}

async function roleExists(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  return rowCount === 1
}

async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ super: boolean }>(
    'select rolsuper as super from pg_roles where rolname = current_user',
  )
  return rows[0]?.super ?? false
}

/**
 * Whether the role of `client` owns the schema, nobody else has a privilege on it and the extensions are there: then no
 * administrator is needed.
 */
export async function isProvisioned(
  client: pg.Client,
  schema: string,
  extensions: readonly string[] = [],
): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean }>(
    `select not exists (select from aclexplode(nspacl) where grantee <> nspowner)
       and $2::text[] <@ array(select extname::text from pg_extension) as ready
     from pg_namespace where nspname = $1 and nspowner = current_user::regrole`,
    [schema, extensions],
  )
  return rows[0]?.ready ?? false
}
