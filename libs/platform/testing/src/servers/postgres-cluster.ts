import { randomBytes } from 'node:crypto'
import {
  chown,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { allows, type PostgresBinaries } from './postgres-binaries.ts'
import { run } from './run.ts'

/** Beside PostgreSQL's own files, readable by its user alone. */
const passwordFile = 'cenopie-password'

/** The superuser's password of a cluster, made when the cluster was. */
export async function clusterPassword(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, passwordFile), 'utf8')).trim()
}

/** Makes `dataDir` a cluster unless it is one. */
export async function ensureCluster(binaries: PostgresBinaries, dataDir: string): Promise<void> {
  if (await exists(join(dataDir, 'PG_VERSION'))) return
  const template = await ensureTemplate(binaries)
  await makeFolder(binaries, dataDir)
  await run('cp', ['-a', `${template}/.`, await realpath(dataDir)], binaries.user)
}

/** Below a folder that is closed to the server's user (as /root is), `dataDir` becomes a link to one that is not. */
async function makeFolder(binaries: PostgresBinaries, dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await own(dataDir, binaries)
  if (await allows(binaries.user, '-w', dataDir)) return
  await rmdir(dataDir)
  await mkdir('/var/lib/cenopie', { recursive: true })
  const folder = await mkdtemp('/var/lib/cenopie/postgresql-')
  await own(folder, binaries)
  await symlink(folder, dataDir)
}

/** A folder of the server's user, below the system's temporary one. */
export async function temporaryFolder(binaries: PostgresBinaries): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-postgresql-'))
  await own(folder, binaries)
  return folder
}

/** initdb takes a second or two, a copy a tenth of it: so it runs once per version and machine. */
async function ensureTemplate(binaries: PostgresBinaries): Promise<string> {
  const template = join(binaries.cache, `postgresql-${binaries.version}`)
  if (await exists(template)) return template
  const making = `${template}.${process.pid}`
  await mkdir(dirname(making), { recursive: true })
  await mkdir(making, { mode: 0o700 })
  await own(making, binaries)
  const password = randomBytes(24).toString('base64url')
  const secret = join(tmpdir(), `cenopie-initdb-${randomBytes(8).toString('hex')}`)
  await writeFile(secret, `${password}\n`, { mode: 0o600 })
  await own(secret, binaries)
  try {
    const settings = [
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ]
    await run(binaries.initdb, [`--pgdata=${making}`, `--pwfile=${secret}`, ...settings], {
      ...binaries.user,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    })
    await run('mv', [secret, join(making, passwordFile)])
    await rename(making, template)
  } catch (error) {
    // Another process may have been faster.
    if (!(await exists(join(template, passwordFile)))) throw error
  } finally {
    await rm(making, { recursive: true, force: true })
    await rm(secret, { force: true })
  }
  return template
}

async function own(path: string, { user }: PostgresBinaries): Promise<void> {
  if (user) await chown(path, user.uid, user.gid)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
