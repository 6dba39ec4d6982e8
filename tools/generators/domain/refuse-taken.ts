import { visitNotIgnoredFiles, type Tree } from '@nx/devkit'
import { packageAt } from '../workspace/packages.ts'
import type { DomainNames } from './names.ts'

/** Throws one line when the domain exists, or something else has one of its names. Nothing is overwritten. */
export function refuseTaken(tree: Tree, { domain, Entity }: DomainNames): void {
  if (tree.exists(`libs/${domain}`)) throw new Error(`There is a domain ${domain} already: libs/${domain}.`)
  const journey = `apps/e2e/src/journey/${domain}.ts`
  const taken = tree.exists(journey) ? journey : packageAt(tree, `@cenopie/${domain}`)
  if (taken) throw new Error(`"${domain}" is taken: there is ${taken} already.`)
  visitNotIgnoredFiles(tree, 'libs', (path) => {
    if (!/\/contract\/src\/.*\.ts$/.test(path)) return
    if (new RegExp(`id: '${Entity}(Page)?'`).test(tree.read(path, 'utf8') ?? ''))
      throw new Error(`${path} has a type ${Entity} already: name what you keep otherwise, with --entity.`)
  })
}
