import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assign, readTopology, type Topology } from './topology.ts'

const folder = mkdtempSync(join(tmpdir(), 'cenopie-topologies-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (content: unknown) => {
  writeFileSync(join(folder, 'tried.json'), typeof content === 'string' ? content : JSON.stringify(content))
  return readTopology('tried', folder)
}
const process = (other: object) => ({ processes: [{ name: 'api', modules: '*', ...other }] })

describe('a topology file', () => {
  it('names processes, their modules and databases', () => {
    const topology = {
      processes: [
        { name: 'api', modules: '*' },
        { name: 'a-b', modules: ['c'], database: 'd' },
      ],
    }
    expect(read(topology)).toEqual(topology)
  })

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /tried\.json is not JSON: /],
    ['nothing', {}, /tried\.json: processes: /],
    ['no process', { processes: [] }, /tried\.json: processes: /],
    ['a strange name', process({ name: 'Api' }), /processes\.0\.name: lower case/],
    ['a word for modules', process({ modules: 'users' }), /processes\.0\.modules: the names of one or more/],
    ['no module', process({ modules: [] }), /processes\.0\.modules: /],
    ['SQL for a database', process({ database: 'a; drop' }), /processes\.0\.database: lower case/],
    ['a misspelt field', process({ modles: [] }), /processes\.0\.modles: /],
  ])('with %s is refused in one line that names the field', (_case, content, line) => {
    expect(() => read(content)).toThrow(line)
    expect(() => read(content)).not.toThrow('\n')
  })

  it('that does not exist is answered with those that do', () => {
    read(process({}))
    expect(() => readTopology('../secret', folder)).toThrow('There is no topology "../secret", only tried.')
  })
})

const modules = ['auth', 'users', 'jobs']
const of = (...processes: [string, '*' | string[]][]): Topology => ({
  processes: processes.map(([name, modules]) => ({ name, modules })),
})

describe('modules are assigned', () => {
  it('by name, and the rest to whoever takes it', () => {
    const assigned = assign(of(['api', '*'], ['b', ['users']]), modules)
    expect(assigned.map(({ name, modules }) => [name, modules])).toEqual([
      ['api', ['auth', 'jobs']],
      ['b', ['users']],
    ])
  })

  it.each<[string, Topology, string]>([
    ['a module in two', of(['api', '*'], ['b', ['users']], ['c', ['users']]), 'module users is given'],
    ['a module twice in one', of(['api', '*'], ['b', ['users', 'users']]), 'module users is given'],
    ['a module in none', of(['b', ['users']]), 'no process runs auth, jobs'],
    ['a module that is none', of(['api', '*'], ['b', ['pay']]), 'there is no module "pay"'],
    ['two that take the rest', of(['api', '*'], ['b', '*']), 'api and b cannot both'],
    ['one that finds no rest', of(['api', '*'], ['b', modules]), 'no module is left for api'],
    ['two of one name', of(['api', '*'], ['api', ['users']]), 'two processes are called api'],
  ])('to exactly one process: %s is refused', (_case, topology, reason) => {
    expect(() => assign(topology, modules)).toThrow(reason)
  })
})
