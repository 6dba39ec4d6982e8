import { updateJson, type Tree } from '@nx/devkit'

/** Changes a text file. Throws when there was nothing to change: a generator must not pass over it silently. */
export function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const before = tree.read(path, 'utf8')
  if (before === null) throw new Error(`${path} is missing.`)
  const after = change(before)
  if (after === before) throw new Error(`${path} does not look as expected: nothing was added to it.`)
  tree.write(path, after)
}

/** `source` with an import among those of its kind (packages or files), before the first that sorts after it. */
export function withImport(source: string, names: string, from: string): string {
  const lines = source.split('\n')
  const own = lines.flatMap((line, at) => {
    const specifier = /^import .* from '(.+)'$/.exec(line)?.[1]
    return specifier !== undefined && specifier[0] === from[0] ? [{ at, specifier }] : []
  })
  const next = own.find(({ specifier }) => specifier > from)
  const at = next?.at ?? (own.at(-1)?.at ?? -1) + 1
  return lines.toSpliced(at, 0, `import { ${names} } from '${from}'`).join('\n')
}

/** Adds a workspace package to those that another depends on, before the first that sorts after it. */
export function addDependency(tree: Tree, folder: string, name: string): void {
  updateJson(tree, `${folder}/package.json`, (manifest: { dependencies?: Record<string, string> }) => {
    if (manifest.dependencies?.[name]) return manifest
    const entries = Object.entries(manifest.dependencies ?? {})
    const at = entries.findIndex(([other]) => other > name)
    const dependencies = entries.toSpliced(at < 0 ? entries.length : at, 0, [name, '*'])
    return { ...manifest, dependencies: Object.fromEntries(dependencies) }
  })
}

/** Writes JSON without line breaks: once formatted, what fits on a line stands on one. */
export function writeCompact(tree: Tree, path: string, value: unknown): void {
  tree.write(path, JSON.stringify(value))
}
