import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { workspaceCopy } from './testing/workspace-copy.ts'

let root: string
let remove: (() => Promise<void>) | undefined

beforeAll(async () => {
  ;({ root, remove } = await workspaceCopy())
}, 300_000)
afterAll(() => remove?.(), 60_000)

/** What Nx and Vitest tell their children of the workspace that they run in, which is not the copy. */
const ours = Object.keys(process.env).filter((name) => /^(NX|VITEST|NODE_ENV$|INIT_CWD$|npm_)/.test(name))

/** Runs a program in the copy, from its packages; resolves to what it printed, rejects with it. */
async function run(command: string): Promise<string> {
  const path = `PATH=${join(root, 'node_modules/.bin')}:${process.env['PATH']}`
  const args = [...ours.flatMap((name) => ['-u', name]), path, ...command.split(' ')]
  try {
    return (await promisify(execFile)('env', args, { cwd: root })).stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${command}\n${stdout}\n${stderr}`, { cause: error })
  }
}
const changed = async (path: string) =>
  (await run(`git status --porcelain -- ${path}`)).split('\n').filter(Boolean)

// Nothing here is bounded by the time it takes, but somebody has to notice when it hangs.
const patient = { timeout: 900_000 }

it('a generated domain is green: types, tests, migration, contract lock', patient, async () => {
  await run('nx g @cenopie/tools:domain bookmarks')
  await Promise.all([
    run('tsgo -p libs/bookmarks/module/tsconfig.json').then(() => run('tsgo -p apps/e2e/tsconfig.json')),
    run('vitest run --root libs/bookmarks/module'),
    run('node tools/migrate/migrate.ts check bookmarks'),
  ])
  expect(globSync('libs/bookmarks/contract/contract.lock.json', { cwd: root })).toHaveLength(1)
  expect(await changed('libs/auth libs/users libs/jobs libs/platform')).toEqual([])
})

it('a generated service takes a module out without a changed line in libs/', patient, async () => {
  await run('git add -A')
  await run('git -c user.name=copy -c user.email=copy@example.test commit -q -m domain')
  await run('nx g @cenopie/tools:service bookmark-service --modules bookmarks')
  expect(await changed('.')).toEqual([
    ' M package-lock.json',
    ' M tools/package.json',
    '?? apps/bookmark-service/',
    '?? tools/topology/bookmark-service.json',
  ])
  const affected = await run('nx show projects --affected --base=HEAD --json')
  expect((JSON.parse(affected) as string[]).sort()).toEqual(['@cenopie/bookmark-service', '@cenopie/tools'])
})

it('… and is planned, built, and as tidy as what is written by hand', patient, async () => {
  const written = 'libs/bookmarks apps/bookmark-service'
  const [planned] = await Promise.all([
    run('node tools/topology/command.ts print bookmark-service'),
    run('node tools/workspace/build.ts apps/bookmark-service'),
    run(`eslint --max-warnings=0 ${written}`).then(() =>
      run(`prettier --check ${written} apps/api apps/e2e tools/topology`),
    ),
    run('tsgo -p apps/bookmark-service/tsconfig.json'),
  ])
  expect(planned).toContain('CENOPIE_USERS_URL')
  const built = globSync('{apps,libs}/*{/module,}/package.json', {
    cwd: join(root, 'dist/apps/bookmark-service'),
  })
  expect(built.sort()).toEqual(['apps/bookmark-service/package.json', 'libs/bookmarks/module/package.json'])
})
