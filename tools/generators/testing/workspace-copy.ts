import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { copyFile, cp, link, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const workspace = join(import.meta.dirname, '../../..')

/** This workspace in a folder of its own, as a repository with one commit, packages and Prisma clients included. */
export async function workspaceCopy(): Promise<{ root: string; remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'cenopie-copy-'))
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' })
  const sources = git(workspace, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const path of sources.filter((path) => path !== '' && existsSync(join(workspace, path)))) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await copyFile(join(workspace, path), join(root, path))
  }
  for (const clients of globSync('libs/*/module/src/data/generated', { cwd: workspace }))
    await cp(join(workspace, clients), join(root, clients), { recursive: true })
  for (const packages of globSync(['node_modules', '{apps,libs/*}/*/node_modules', 'tools/node_modules'], {
    cwd: workspace,
  }))
    await linkTree(join(workspace, packages), join(root, packages))
  // npm rewrites this file in place, which through a link would be that of the workspace itself.
  const installed = 'node_modules/.package-lock.json'
  await rm(join(root, installed))
  await copyFile(join(workspace, installed), join(root, installed))

  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '-A')
  git(root, '-c', 'user.name=copy', '-c', 'user.email=copy@example.test', 'commit', '-q', '-m', 'copy')
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}

/** Like a copy of a folder, with the very same files: a gigabyte of packages takes seconds and no space. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      if (!['.cache', '.vite', '.vitest'].includes(entry.name)) await linkTree(source, target)
    } else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else await link(source, target)
  }
}
