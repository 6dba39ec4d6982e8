import { join } from 'node:path'
import { formatFiles, generateFiles, type Tree } from '@nx/devkit'
import { generate } from '../../dev/generate.ts'
import { linkPackages, run } from '../workspace/run.ts'
import { domainNames } from './names.ts'
import { refuseTaken } from './refuse-taken.ts'
import { register } from './register.ts'

/**
 * `nx g @cenopie/tools:domain NAME`: a small whole example to replace piece by piece. Afterwards it links the packages,
 * generates the Prisma client, locks the contract and writes the canvas.
 */
export default async function domain(tree: Tree, options: { name: string; entity?: string }) {
  const names = domainNames(options.name, options.entity)
  refuseTaken(tree, names)
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  generateFiles(tree, join(import.meta.dirname, 'files'), '.', { ...names, timestamp })
  register(tree, names.domain)
  await formatFiles(tree)
  return async () => {
    linkPackages(tree.root)
    await generate(tree.root, new AbortController().signal)
    run(tree.root, 'node', 'tools/contracts/contracts.ts', 'accept')
    run(tree.root, 'node', 'tools/architecture/architecture.ts', '--write')
  }
}
