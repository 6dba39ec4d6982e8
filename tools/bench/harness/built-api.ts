import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runToEnd } from './child.ts'

const workspace = fileURLToPath(new URL('../../../', import.meta.url))
const folder = 'dist/apps/api'

/**
 * Builds the monolith as it is shipped. Instead of `npm ci` in there, the built packages are linked where npm would
 * link them and find what they need in the workspace's own node_modules, further up.
 *
 * @returns the script to run, relative to the workspace
 */
export async function builtApi(): Promise<string> {
  await runToEnd('tools/workspace/build.ts', {}, ['apps/api'])
  const built = join(workspace, folder)
  const modules = join(built, 'node_modules')
  await rm(modules, { recursive: true, force: true })
  const { workspaces } = (await manifest(built)) as { workspaces: string[] }
  for (const path of workspaces) {
    const { name } = (await manifest(join(built, path))) as { name: string }
    await link(join(built, path), join(modules, name))
    await linkNested(join(workspace, path, 'node_modules'), join(built, path, 'node_modules'))
  }
  return `${folder}/main.js`
}

/** Versions of packages that npm could not share between workspaces. */
async function linkNested(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch(() => [])
  for (const name of names.filter((name) => !name.startsWith('.')))
    await link(join(from, name), join(to, name))
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await symlink(target, path)
}

async function manifest(folder: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}
