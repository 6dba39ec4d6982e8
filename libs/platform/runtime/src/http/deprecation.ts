import type { Deprecation } from '@cenopie/platform-contract'

/** An operation or a stream. */
export interface Deprecated {
  deprecated?: Deprecation & { readonly successor?: { path: string } }
}

/**
 * Headers of an operation that is going away: `Deprecation` (RFC 9745, a structured date), `Sunset` (RFC 8594, an HTTP
 * date) and, where it can be said for these path parameters, `Link` to what stands beside it.
 */
export function deprecationHeaders({ deprecated }: Deprecated, params: unknown): Record<string, string> {
  if (!deprecated) return {}
  const { since, sunset, successor } = deprecated
  const target = successor && filled(successor.path, params as Record<string, string>)
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    ...(target && { link: `<${target}>; rel="successor-version"` }),
  }
}

function filled(path: string, params: Record<string, string>): string | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  if (names.some((name) => !Object.hasOwn(params, name))) return undefined
  return path.replace(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(params[name] as string))
}
