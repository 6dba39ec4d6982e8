import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { modules } from '@cenopie/api'
import { describeModule, type Module, type ModuleDescription } from '@cenopie/platform-runtime'
import { planTopology, type Apps, type Plan, type Site } from './plan.ts'
import { assign, readTopology } from './topology.ts'

const folder = join(import.meta.dirname, '../../apps')

/** The plan of a topology of this checkout. Rejects with one line that names what is wrong. */
export async function planFor(topology: string, site: Site): Promise<Plan> {
  const file = readTopology(topology)
  const described = await describedModules()
  const apps = await composed()
  try {
    const assignments = assign(file, described.map(nameOf))
    return planTopology(topology, assignments, described, apps, site)
  } catch (cause) {
    throw new Error(`tools/topology/${topology}.json: ${(cause as Error).message}`, { cause })
  }
}

/** What every module of this checkout says of itself. */
export function describedModules(): Promise<ModuleDescription[]> {
  return Promise.all((modules as readonly Module[]).map((module) => describeModule(module)))
}

/** Every app that runs modules lists them in `src/modules.ts`. */
async function composed(): Promise<Apps> {
  const found = globSync('*/src/modules.ts', { cwd: folder }).map(async (path) => {
    const { modules } = (await import(join(folder, path))) as { modules: Module[] }
    return [dirname(dirname(path)), modules.map(({ contract }) => contract.name)] as const
  })
  return Object.fromEntries(await Promise.all(found))
}

const nameOf = ({ name }: { name: string }) => name
