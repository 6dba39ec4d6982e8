/** One entry of `packages` in package-lock.json, version 3: what the pruning needs of it. */
export interface LockEntry {
  version?: string
  resolved?: string
  link?: boolean
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

export interface LockFile {
  name: string
  lockfileVersion: number
  packages: Record<string, LockEntry>
}

/** Where npm finds `name` when the package at `from` asks for it: the nearest node_modules upwards. */
export function locate(lock: LockFile, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (candidate in lock.packages) return candidate
    if (at === '') return undefined
  }
}

/** Names that must be there for the package to run; optional peers are the business of whoever installs them. */
function needs({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: LockEntry) {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional)
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
}

/** Paths of all entries that the workspace at `root` needs at run time, itself and the links between included. */
export function closure(lock: LockFile, root: string): Set<string> {
  const reached = new Set<string>()
  const visit = (path: string) => {
    if (reached.has(path)) return
    reached.add(path)
    const entry = lock.packages[path]!
    if (entry.link) visit(entry.resolved!)
    for (const name of needs(entry)) {
      const found = locate(lock, path, name)
      if (found !== undefined) visit(found)
    }
  }
  const link = Object.keys(lock.packages).find((path) => lock.packages[path]!.resolved === root)
  visit(link ?? root)
  return reached
}
