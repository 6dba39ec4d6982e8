import type { AnyOperation, AnyStream } from '@cenopie/platform-contract'
import { jsonSchemaOf, type JsonSchema } from '@cenopie/platform-runtime'

/**
 * Beginnings of paths, as regular expressions, behind which may stand what lets somebody in. Who calls what is public
 * shows no token, so whatever in its path is no id of ours may be one: the token of a personal link, the grant of a
 * file, the address of an upload.
 */
export function hiddenPaths(called: readonly (AnyOperation | AnyStream)[]): string[] {
  const found = called.filter(({ access }) => access === 'public').flatMap(shownOf)
  return [...new Set(found)].sort()
}

function shownOf(called: AnyOperation | AnyStream): string[] {
  if ('kind' in called && called.kind === 'protocol') return [`${called.path}/`]
  const properties = jsonSchemaOf(called.inputSchema, 'input')['properties'] as Record<string, JsonSchema>
  const [shown = '', ...fields] = called.path.split(/\{(\w+)\}/)
  let before = shown
  for (let at = 0; at < fields.length; at += 2) {
    const [field, after] = fields.slice(at, at + 2) as [string, string]
    if (properties[field]?.['format'] !== 'uuid') return [before]
    before += `[^/]+${after}`
  }
  return []
}
