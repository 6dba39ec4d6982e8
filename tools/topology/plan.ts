import { publisherOf, variable, type ModuleDescription } from '@cenopie/platform-runtime'
import { hiddenPaths } from './gateway/hidden-paths.ts'
import type { Assignment } from './topology.ts'

/** What the planner needs to know of a module. */
export type Described = Pick<
  ModuleDescription,
  'name' | 'provides' | 'streams' | 'requires' | 'consumes' | 'settings'
>

export interface PlannedProcess {
  name: string
  /** The folder of the app it runs: `apps/<app>`. */
  app: string
  modules: string[]
  /** Where its neighbours and the gateway reach it. */
  url: string
  /** Of a user who may create roles; the process itself signs in as its modules' own roles. */
  databaseUrl: string
  env: Record<string, string>
}

export interface Plan {
  topology: string
  processes: PlannedProcess[]
  /** Who answers `/api/v<N>/<domain>/…`. */
  routes: { domain: string; process: string }[]
  /** Who answers everything else: documents, problem types, the root. */
  rest: string
  /** Beginnings of paths, as regular expressions, of whose ends no log may know. */
  hidden: string[]
}

/** The place that a plan is made for. */
export interface Site {
  /** Where clients reach the platform, without trailing slash. */
  publicUrl: string
  /** Whether a gateway stands before the processes and tells them whom it speaks for. */
  gateway: boolean
  databaseUrl: string
  redisUrl: string
  /** Of a process, by its name and number. */
  address: (name: string, index: number) => { host: string; port: number; url: string }
  /** Settings that whoever runs it made; each process gets those that it reads. */
  env: Readonly<Record<string, string | undefined>>
}

/** The module that issues access tokens; everybody else asks it for its public keys. */
const issuer = 'auth'
const concurrency = variable('', 'taskConcurrency')
/** The app for processes that have none of their own: it composes every module. */
const wholeApp = 'api'

/** Which modules each app composes. */
export type Apps = Readonly<Record<string, readonly string[]>>

/** From a topology and its modules: the processes, what each must be told, and the routes to them. Pure. */
export function planTopology(
  topology: string,
  assignments: readonly Assignment[],
  modules: readonly Described[],
  apps: Apps,
  site: Site,
): Plan {
  const urls = new Map(
    assignments.flatMap(({ name, modules }, index) =>
      modules.map((module) => [module, site.address(name, index).url] as const),
    ),
  )
  const processes = assignments.map((assignment, index): PlannedProcess => {
    const { name, database } = assignment
    const { host, port, url } = site.address(name, index)
    const app = name in apps ? name : wholeApp
    const composed = apps[app] ?? []
    const foreign = assignment.modules.filter((module) => !composed.includes(module))
    if (foreign.length > 0) throw new Error(`apps/${app} does not compose ${foreign.join(', ')}`)
    const held = modules.filter((module) => assignment.modules.includes(module.name))
    const databaseUrl = databaseOf(site.databaseUrl, database)
    return {
      name,
      app,
      modules: assignment.modules,
      url,
      databaseUrl,
      env: {
        ...readBy(held, modules, site.env),
        CENOPIE_NAME: name,
        ...(held.length < composed.length && { CENOPIE_MODULES: assignment.modules.join(',') }),
        CENOPIE_HOST: host,
        CENOPIE_PORT: String(port),
        CENOPIE_PUBLIC_URL: site.publicUrl,
        ...(site.gateway && { CENOPIE_TRUST_PROXY: 'true' }),
        ...neighbours(held, urls),
        ...(!assignment.modules.includes(issuer) && {
          CENOPIE_JWKS_URL: `${urls.get(issuer)}/api/v1/${issuer}/jwks`,
        }),
        DATABASE_URL: databaseUrl,
        REDIS_URL: site.redisUrl,
      },
    }
  })
  const routes = processes.flatMap(({ name, modules }) =>
    modules.map((domain) => ({ domain, process: name })),
  )
  // Documents and problem types speak of every module, which only the whole app knows.
  const whole = processes.filter(({ app }) => app === wholeApp)
  const largest = (whole.length > 0 ? whole : processes).reduce((most, process) =>
    process.modules.length > most.modules.length ? process : most,
  )
  const called = modules.flatMap(({ provides, streams }) => [
    ...provides.map(({ operation }) => operation),
    ...streams.map(({ stream }) => stream),
  ])
  return { topology, processes, routes, rest: largest.name, hidden: hiddenPaths(called) }
}

/** `<base>_<database>` beside the database of `base`; without a name, that one. */
function databaseOf(base: string, database: string | undefined): string {
  if (database === undefined) return base
  const url = new URL(base)
  url.pathname = `${url.pathname}_${database}`
  return url.href
}

/** Where the process finds the domains that its modules call or hear of. */
function neighbours(held: readonly Described[], urls: ReadonlyMap<string, string>): Record<string, string> {
  const own = held.map(({ name }) => name)
  const needed = held.flatMap(({ requires, consumes }) => [
    ...requires,
    ...consumes.map(({ publisher }) => publisher),
  ])
  const remote = [...new Set(needed)].filter((name) => !own.includes(name)).sort()
  return Object.fromEntries(
    remote.map((name) => {
      const url = urls.get(name)
      if (url === undefined) throw new Error(`${own.join(', ')} needs ${name}, which is no module`)
      return [variable(name, 'url'), url]
    }),
  )
}

/** Without the settings of modules that run elsewhere: a process refuses what it does not read. */
function readBy(
  held: readonly Described[],
  all: readonly Described[],
  env: Site['env'],
): Record<string, string> {
  const elsewhere = new Set(
    all.filter((module) => !held.includes(module)).flatMap(({ settings }) => settings.map((s) => s.variable)),
  )
  const given = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !elsewhere.has(entry[0]),
  )
  const away = all.filter((module) => !held.includes(module)).map(({ name }) => name)
  return Object.fromEntries(
    given.map(([name, value]) => [name, name === concurrency ? withoutTasksOf(away, value) : value]),
  )
}

/** `media.transcode-video=1,interviews.transcribe=2` speaks of tasks of several modules. */
function withoutTasksOf(modules: readonly string[], value: string): string {
  return value
    .split(',')
    .filter((pair) => !modules.includes(publisherOf(pair)))
    .join(',')
}
