import type { Tree } from '@nx/devkit'
import { generate } from '../../dev/generate.ts'
import { linkPackages } from '../workspace/run.ts'
import { chooseModules } from './choose-modules.ts'
import { refuseName } from './refuse-name.ts'
import { writeService } from './write-service.ts'

/**
 * `nx g @cenopie/tools:service NAME --modules a,b`: an app that is wiring only, and a topology of it, which the launcher,
 * the gateway and the journeys find by its file. Nothing in libs/ changes.
 */
export default async function service(tree: Tree, options: { name: string; modules: string }) {
  refuseName(tree, options.name)
  // Modules are asked themselves what they need, and in a fresh clone they lack their Prisma clients.
  await generate(tree.root, new AbortController().signal)
  const { readModules } = await import('../../architecture/modules.ts')
  const chosen = chooseModules(await readModules(), options.modules)
  await writeService(tree, options.name, chosen)
  return () => {
    linkPackages(tree.root)
    console.log(`\nTry it: npm run e2e -- --topology ${options.name}`)
  }
}
