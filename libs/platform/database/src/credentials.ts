import { createHmac } from 'node:crypto'

/** The login role of a module. */
export function roleOf(schema: string): string {
  return `cenopie_${schema}`
}

/** A module's password, derived from one secret: nothing to store, and no module can compute another's. */
export function modulePassword(secret: string, schema: string): string {
  return createHmac('sha256', secret).update(`database role of ${schema}`).digest('base64url')
}

/** The same database as `baseUrl`, as the module's own role. */
export function moduleUrl(baseUrl: string, schema: string, password: string): string {
  const url = new URL(baseUrl)
  url.username = roleOf(schema)
  url.password = encodeURIComponent(password)
  return url.href
}
