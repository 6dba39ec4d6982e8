import type { Plan } from './plan.ts'

/** A plan for people: each process with its environment, then who answers what. */
export function printed(
  { topology, processes, routes, rest }: Plan,
  redact: (env: Record<string, string>) => Record<string, string>,
): string {
  const blocks = processes.map(({ name, app, modules, env }) => {
    const settings = Object.entries(redact(env)).map(([name, value]) => `  ${name}=${value}`)
    return [`${name} (apps/${app}): ${modules.join(', ')}`, ...settings].join('\n')
  })
  const away = routes.filter(({ process }) => process !== rest)
  const lines = [
    ...away.map(({ domain, process }) => `  ${`/api/v<N>/${domain}/`.padEnd(26)} ${process}`),
    `  ${'everything else'.padEnd(26)} ${rest}`,
    `  ${'/internal/ /metrics /health'.padEnd(26)} nobody`,
  ]
  return [`Topology ${topology}`, ...blocks, ['routes', ...lines].join('\n')].join('\n\n')
}
