import type { Tree } from '@nx/devkit'
import { packageAt } from '../workspace/packages.ts'

/** Throws one line when a service cannot be called so, or something is. Nothing is overwritten. */
export function refuseName(tree: Tree, name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw new Error(`"${name}" cannot name a service: small letters, digits and hyphens, at most 40.`)
  const taken = tree.exists(`apps/${name}`) ? `apps/${name}` : packageAt(tree, `@cenopie/${name}`)
  if (taken) throw new Error(`"${name}" is taken: there is ${taken} already.`)
  const topology = `tools/topology/${name}.json`
  if (tree.exists(topology)) throw new Error(`"${name}" is taken: there is ${topology} already.`)
}
