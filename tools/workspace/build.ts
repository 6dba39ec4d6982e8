/**
 * Builds an app: `node tools/workspace/build.ts apps/api` writes dist/apps/api, a workspace of just that app and
 * the packages it needs, with the lock file pruned to them. There, after `npm ci --omit=dev`, `node migrate.js`
 * prepares the database and `node main.js` runs it.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closure, type LockFile } from './build/lock-file.ts'
import { copyPackage } from './build/sources.ts'

const workspace = join(import.meta.dirname, '../..')
const app = process.argv[2]
if (!app?.startsWith('apps/')) throw new Error('Usage: node tools/workspace/build.ts apps/<name>')
const target = join(workspace, 'dist', app)

const readJson = async (path: string) => JSON.parse(await readFile(join(workspace, path), 'utf8'))
const writeJson = (path: string, value: unknown) =>
  writeFile(join(target, path), `${JSON.stringify(value, null, 2)}\n`)
const compiled = (exports: unknown) => JSON.parse(JSON.stringify(exports ?? null).replaceAll('.ts"', '.js"'))

const root = await readJson('package.json')
const lock: LockFile = await readJson('package-lock.json')
const needed = closure(lock, app)
const packages = [...needed].filter((path) => !path.includes('node_modules/')).sort()

await rm(target, { recursive: true, force: true })
for (const path of packages) {
  await mkdir(join(target, path), { recursive: true })
  await copyPackage(workspace, path, target)
  const { name, version, type, exports, dependencies } = await readJson(`${path}/package.json`)
  await writeJson(`${path}/package.json`, { name, version, type, exports: compiled(exports), dependencies })
}

const { version, license, engines } = root
const allowScripts = Object.fromEntries(
  Object.entries(root.allowScripts).filter(([name]) => needed.has(`node_modules/${name}`)),
)
const manifest = {
  name: `cenopie-${app.slice('apps/'.length)}`,
  version,
  license,
  type: 'module',
  main: 'main.js',
}
const { devDependencies: _, ...bare } = lock.packages['']!
const pruned = Object.entries(lock.packages)
  .filter(([path]) => needed.has(path))
  .map(([path, { devDependencies: _, ...entry }]) => [path, entry] as const)
await writeJson('package.json', { ...manifest, private: true, engines, workspaces: packages, allowScripts })
await writeJson('package-lock.json', {
  ...lock,
  name: manifest.name,
  packages: { '': { ...bare, name: manifest.name, workspaces: packages }, ...Object.fromEntries(pruned) },
})
for (const program of ['main', 'migrate']) {
  await writeFile(join(target, `${program}.js`), entry(`./${app}/src/${program}.js`))
}

/** Compiled code is kept between starts, which makes the second one faster. */
function entry(program: string): string {
  return `import { enableCompileCache } from 'node:module'\n\nenableCompileCache()\nawait import('${program}')\n`
}
