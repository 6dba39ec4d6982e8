import { jsonSchemaOf, platformConfig, variable, type ModuleDescription } from '@cenopie/platform-runtime'

/** A process's environment as it may be shown: without secrets, and without the passwords of addresses. */
export function redacted(
  env: Readonly<Record<string, string>>,
  modules: readonly Pick<ModuleDescription, 'settings'>[],
): Record<string, string> {
  const own = Object.entries(jsonSchemaOf(platformConfig, 'input')['properties'] as object)
    .filter(([, property]: [string, { secret?: boolean }]) => property.secret)
    .map(([key]) => variable('', key))
  const theirs = modules.flatMap(({ settings }) =>
    settings.filter(({ secret }) => secret).map((setting) => setting.variable),
  )
  const secret = new Set([...own, ...theirs])
  const shown = Object.entries(env).map(([name, value]) => [
    name,
    secret.has(name) ? '[redacted]' : withoutPassword(value),
  ])
  return Object.fromEntries(shown) as Record<string, string>
}

function withoutPassword(value: string): string {
  return value.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1:[redacted]@')
}
