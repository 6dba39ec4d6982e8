import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const workspace = join(import.meta.dirname, '../..')

/** What Nx would lint, check, test and build again if this file changed. */
async function affectedBy(file: string): Promise<string[]> {
  const args = ['show', 'projects', '--affected', `--files=${file}`, '--json']
  const { stdout } = await promisify(execFile)('nx', args, { cwd: workspace })
  return (JSON.parse(stdout) as string[]).map((name) => name.replace('@cenopie/', '')).sort()
}

const patient = { timeout: 90_000 }
/** They run every module. */
const wholes = ['api', 'e2e', 'tools']
/** Services are made and dropped as they are needed: each runs what its own list says. */
const services = readdirSync(join(workspace, 'apps')).filter((app) => !wholes.includes(app))
const withoutServices = (affected: string[]) => affected.filter((name) => !services.includes(name))

test("a change in a module's code concerns the apps that run it, and no other module", patient, async () => {
  const jobs = await affectedBy('libs/jobs/module/src/index.ts')
  expect(withoutServices(jobs)).toEqual([...wholes, 'jobs'].sort())
  const interviews = await affectedBy('libs/interviews/module/src/index.ts')
  expect(withoutServices(interviews)).toEqual([...wholes, 'interviews'].sort())
  expect(interviews).toContain('interview-service')
  expect(interviews).not.toContain('search-service')
})

test('a change in a contract concerns whoever calls or hears the domain', patient, async () => {
  const affected = await affectedBy('libs/jobs/contract/src/index.ts')
  expect(affected).toEqual(expect.arrayContaining(['jobs', 'jobs-contract', 'interviews', 'notifications']))
  expect(affected).not.toContain('auth')
})
