import { join } from 'node:path'
import { FsTree } from 'nx/src/generators/tree'
import { beforeAll, describe, expect, it } from 'vitest'
import { readModules, type ModuleFacts } from '../../architecture/modules.ts'
import { chooseModules } from './choose-modules.ts'
import { refuseName } from './refuse-name.ts'
import { writeService } from './write-service.ts'

/** Of this checkout; what is written to it stays in memory. */
const checkout = () => new FsTree(join(import.meta.dirname, '../../..'), false)

let all: ModuleFacts[]
beforeAll(async () => {
  all = await readModules()
})

it.each([
  ['interview-service', 'interviews'],
  ['media-service', 'media'],
  ['search-service', 'search'],
])('%s is what the generator writes', async (name, modules) => {
  const tree = checkout()
  for (const file of ['Dockerfile', 'README.md', 'package.json', 'src', 'tsconfig.json'])
    tree.delete(`apps/${name}/${file}`)
  tree.delete(`tools/topology/${name}.json`)
  await writeService(tree, name, chooseModules(all, modules))
  expect(tree.listChanges().map(({ type, path, content }) => [type, path, content?.toString()])).toEqual([])
})

it('runs several modules, in a database named after the service', async () => {
  const tree = checkout()
  await writeService(tree, 'hiring-service', chooseModules(all, 'jobs, interviews'))
  const written = (path: string) => tree.read(path, 'utf8') ?? ''
  expect(JSON.parse(written('tools/topology/hiring-service.json'))).toEqual({
    processes: [
      { name: 'api', modules: '*' },
      { name: 'hiring-service', modules: ['interviews', 'jobs'], database: 'hiring_service' },
    ],
  })
  expect(written('apps/hiring-service/src/modules.ts')).toContain('modules = [interviews, jobs]')
  const neighbours = [...written('apps/hiring-service/src/production.spec.ts').matchAll(/CENOPIE_\w+_URL/g)]
  expect(neighbours.flat()).toEqual(['CENOPIE_AUTH_URL', 'CENOPIE_MEDIA_URL', 'CENOPIE_USERS_URL'])
  expect(written('apps/hiring-service/README.md')).toMatch(
    /^# Hiring service\n\nThe \[interviews\].* and \[jobs\]/,
  )
})

describe('what cannot be', () => {
  it.each([
    ['jobs,job', 'There is no module "job", only '],
    ['jobs,jobs', 'names a module twice'],
    ['', 'There is no module ""'],
  ])('modules "%s"', (list, message) => expect(() => chooseModules(all, list)).toThrow(message))

  it('a service of all modules', () => {
    const list = all.map(({ name }) => name).join(',')
    expect(() => chooseModules(all, list)).toThrow('would leave none for apps/api')
  })

  it.each([
    ['Interview', 'cannot name a service'],
    ['../x', 'cannot name a service'],
    ['api', 'there is apps/api already'],
    ['jobs', 'there is libs/jobs/module already'],
    ['tools', 'there is tools already'],
    ['interview-service', 'there is apps/interview-service already'],
    ['monolith', 'there is tools/topology/monolith.json already'],
  ])('a service called "%s"', (name, message) => expect(() => refuseName(checkout(), name)).toThrow(message))
})
