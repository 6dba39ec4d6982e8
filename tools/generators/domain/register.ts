import { readJson, type Tree } from '@nx/devkit'
import { addDependency, edit, withImport, writeCompact } from '../workspace/edit.ts'

/** Puts a new domain where every domain is listed: the whole app, the journeys and the topology of all. */
export function register(tree: Tree, domain: string): void {
  addDependency(tree, 'apps/api', `@cenopie/${domain}`)
  edit(tree, 'apps/api/src/modules.ts', (text) =>
    withImport(text, domain, `@cenopie/${domain}`).replace(
      /(modules = \[[^\]]*?),?(\s*\])/,
      `$1, ${domain}$2`,
    ),
  )
  addDependency(tree, 'apps/e2e', `@cenopie/${domain}-contract`)
  edit(tree, 'apps/e2e/src/journey/person.ts', (text) =>
    withImport(text, `${domain}Contract`, `@cenopie/${domain}-contract`).replace(
      /(httpClient\(\w+, connection\),)(?=\n {2}\})/,
      `$1\n    ${domain}: httpClient(${domain}Contract, connection),`,
    ),
  )
  edit(tree, 'apps/e2e/src/journey/journeys.ts', (text) =>
    withImport(text, domain, `./${domain}.ts`).replace(/,?\n\}\n$/, `,\n  ${domain},\n}\n`),
  )
  const all = 'tools/topology/all.json'
  const { processes } = readJson<{ processes: unknown[] }>(tree, all)
  const own = { name: domain, modules: [domain], database: domain }
  writeCompact(tree, all, { processes: [...processes, own] })
}
