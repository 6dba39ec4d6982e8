import { join } from 'node:path'
import { variable } from '@cenopie/platform-runtime'
import { formatFiles, generateFiles, readJson, type Tree } from '@nx/devkit'
import type { ModuleFacts } from '../../architecture/modules.ts'
import { addDependency, writeCompact } from '../workspace/edit.ts'

/**
 * Writes the app of a service and the topology in which it runs these modules, and the whole app all others. The tools
 * depend on it, so that what tries topologies is tried again when it changes.
 */
export async function writeService(tree: Tree, name: string, own: readonly ModuleFacts[]): Promise<void> {
  const modules = own.map((module) => module.name)
  const heard = own.flatMap(({ requires, consumes }) => [
    ...requires,
    ...consumes.map(({ publisher }) => publisher),
  ])
  const away = [...new Set(heard)].filter((domain) => !modules.includes(domain)).sort()
  const commands = [
    [`npm start -- --topology ${name}`, 'here, behind a gateway'],
    [`npm run topology -- print ${name}`, 'its processes, their settings, the routes to them'],
    [`npm run topology -- gateway ${name}`, "the gateway's configuration"],
    [`npx nx build ${name}`, `dist/apps/${name}`],
  ] as const
  generateFiles(tree, join(import.meta.dirname, 'files'), '.', {
    name,
    modules,
    title: titleOf(name),
    noun: modules.length === 1 ? 'module' : 'modules',
    links: linked(modules, (module) => `../../libs/${module}/module/README.md`),
    programs: programsOf(tree, modules),
    configured: settingsOf(tree, own),
    neighbours: away.map((domain) => variable(domain, 'url')),
    commands,
    commandWidth: Math.max(...commands.map(([command]) => command.length)),
  })
  const database = modules.length === 1 ? modules[0] : name.replaceAll('-', '_')
  const processes = [
    { name: 'api', modules: '*' },
    { name, modules, database },
  ]
  writeCompact(tree, `tools/topology/${name}.json`, { processes })
  addDependency(tree, 'tools', `@cenopie/${name}`)
  await formatFiles(tree)
}

/** Debian's packages that the modules name as `debian` in their package.json: programs they run. */
function programsOf(tree: Tree, modules: readonly string[]): string[] {
  const named = modules.flatMap(
    (module) => readJson<{ debian?: string[] }>(tree, `libs/${module}/module/package.json`).debian ?? [],
  )
  return [...new Set(named)].sort()
}

/** `notification-service` → `Notification service`. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Where the settings of those modules stand that have any. */
function settingsOf(tree: Tree, own: readonly ModuleFacts[]): string {
  const configured = own.filter(({ settings }) => settings.length > 0).map((module) => module.name)
  const file = (module: string) => {
    const config = `libs/${module}/module/src/config.ts`
    return `../../${tree.exists(config) ? config : `libs/${module}/module/src/index.ts`}`
  }
  if (own.length === 1) return configured.map((module) => `[those of the module](${file(module)})`).join('')
  return configured.length === 0 ? '' : `those of ${linked(configured, file)}`
}

function linked(modules: readonly string[], target: (module: string) => string): string {
  const links = modules.map((module) => `[${module}](${target(module)})`)
  return [links.slice(0, -1).join(', '), ...links.slice(-1)].filter((part) => part !== '').join(' and ')
}
