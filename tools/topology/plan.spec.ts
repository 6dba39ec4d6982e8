import { describe, expect, it } from 'vitest'
import { planTopology, type Apps, type Described, type Plan, type Site } from './plan.ts'

const module = (name: string, requires: string[], publishers: string[]): Described => ({
  name,
  provides: [],
  streams: [],
  requires,
  consumes: publishers.map((publisher) => ({
    event: { name: `${publisher}.happened` } as Described['consumes'][number]['event'],
    publisher,
    consumer: `${name}.hears`,
  })),
  settings: [{ variable: `CENOPIE_${name.toUpperCase()}_SIZE`, description: '', default: 1, secret: false }],
})
const modules = [module('auth', [], []), module('users', [], ['auth']), module('jobs', ['users'], ['jobs'])]

const whole = { api: ['auth', 'users', 'jobs'] }

const site: Site = {
  publicUrl: 'https://jobs.example',
  gateway: true,
  databaseUrl: 'postgres://root:secret@db/cenopie?sslmode=require',
  redisUrl: 'redis://cache',
  address: (name, index) => ({ host: '0.0.0.0', port: 3000 + index, url: `http://${name}:${3000 + index}` }),
  env: {},
}
const assigned = (name: string, ...modules: string[]) => ({ name, modules, database: undefined })
const plan = (
  assignments: Parameters<typeof planTopology>[1],
  change: Partial<Site> = {},
  apps: Apps = whole,
) => planTopology('tried', assignments, modules, apps, { ...site, ...change })
const envOf = ({ processes }: Plan, name: string) => processes.find((process) => process.name === name)?.env

const apart = [assigned('api', 'auth', 'users'), assigned('job-service', 'jobs')]
const alone = [assigned('api', 'auth', 'users', 'jobs')]

describe('a plan', () => {
  it('tells the whole app nothing that it knows by itself', () => {
    expect(envOf(plan(alone, { gateway: false }), 'api')).toEqual({
      CENOPIE_NAME: 'api',
      CENOPIE_HOST: '0.0.0.0',
      CENOPIE_PORT: '3000',
      CENOPIE_PUBLIC_URL: 'https://jobs.example',
      DATABASE_URL: site.databaseUrl,
      REDIS_URL: 'redis://cache',
    })
  })

  it('runs a process from the app of its name, else from the whole app with some of its modules', () => {
    expect(plan(apart).processes.map(({ app }) => app)).toEqual(['api', 'api'])
    expect(envOf(plan(apart), 'job-service')).toHaveProperty('CENOPIE_MODULES', 'jobs')
    const own = plan(apart, {}, { ...whole, 'job-service': ['jobs'] })
    expect(own.processes.map(({ app }) => app)).toEqual(['api', 'job-service'])
    expect(envOf(own, 'job-service')).not.toHaveProperty('CENOPIE_MODULES')
    expect(envOf(own, 'api')).toHaveProperty('CENOPIE_MODULES', 'auth,users')
  })

  it('refuses an app that lacks a module of its process, and runs no more than those', () => {
    expect(() => plan(apart, {}, { ...whole, 'job-service': ['users'] })).toThrow(
      'apps/job-service does not compose jobs',
    )
    const wider = plan(apart, {}, { ...whole, 'job-service': ['users', 'jobs'] })
    expect(envOf(wider, 'job-service')).toHaveProperty('CENOPIE_MODULES', 'jobs')
  })

  it('says where those run whom a module calls or hears of, and nobody else', () => {
    const urls = (
      name: string,
      of = plan([assigned('a', 'auth'), assigned('u', 'users'), assigned('j', 'jobs')]),
    ) => Object.fromEntries(Object.entries(envOf(of, name) ?? {}).filter(([key]) => /_URL$/.test(key)))
    const always = {
      CENOPIE_PUBLIC_URL: site.publicUrl,
      DATABASE_URL: site.databaseUrl,
      REDIS_URL: site.redisUrl,
    }
    const keys = { CENOPIE_JWKS_URL: 'http://a:3000/api/v1/auth/jwks' }
    expect(urls('a')).toEqual(always)
    expect(urls('u')).toEqual({ ...always, ...keys, CENOPIE_AUTH_URL: 'http://a:3000' })
    expect(urls('j')).toEqual({ ...always, ...keys, CENOPIE_USERS_URL: 'http://u:3001' })
  })

  it('believes the gateway, if there is one, about where requests come from', () => {
    expect(envOf(plan(apart), 'api')).toHaveProperty('CENOPIE_TRUST_PROXY', 'true')
    expect(envOf(plan(alone, { gateway: false }), 'api')).not.toHaveProperty('CENOPIE_TRUST_PROXY')
  })

  it('gives a database of its own a name beside the shared one', () => {
    const [first, second] = plan([{ ...apart[0]!, database: 'people' }, apart[1]!]).processes
    expect(first?.databaseUrl).toBe('postgres://root:secret@db/cenopie_people?sslmode=require')
    expect(first?.env['DATABASE_URL']).toBe(first?.databaseUrl)
    expect(second?.databaseUrl).toBe(site.databaseUrl)
  })

  it('hands each process the settings that it reads, and unknown ones to all, which refuse them by name', () => {
    const env = { CENOPIE_USERS_SIZE: '2', CENOPIE_JOBS_SIZE: '3', CENOPIE_TYPO: '4', PATH: '/bin' }
    const given = plan(apart, { env })
    expect(envOf(given, 'api')).toMatchObject({ CENOPIE_USERS_SIZE: '2', CENOPIE_TYPO: '4', PATH: '/bin' })
    expect(envOf(given, 'api')).not.toHaveProperty('CENOPIE_JOBS_SIZE')
    expect(envOf(given, 'job-service')).toMatchObject({ CENOPIE_JOBS_SIZE: '3', CENOPIE_TYPO: '4' })
    expect(envOf(given, 'job-service')).not.toHaveProperty('CENOPIE_USERS_SIZE')
  })

  it('tells each process of its own tasks, and of those of no module, which it refuses', () => {
    const env = { CENOPIE_TASK_CONCURRENCY: 'users.greet=1,jobs.expire=0,typo.task=2' }
    const given = plan(apart, { env })
    expect(envOf(given, 'api')).toHaveProperty('CENOPIE_TASK_CONCURRENCY', 'users.greet=1,typo.task=2')
    expect(envOf(given, 'job-service')).toHaveProperty(
      'CENOPIE_TASK_CONCURRENCY',
      'jobs.expire=0,typo.task=2',
    )
  })

  it('lets nobody override what follows from the topology', () => {
    const env = {
      CENOPIE_PORT: '1',
      CENOPIE_USERS_URL: 'http://elsewhere',
      DATABASE_URL: 'postgres://elsewhere',
    }
    expect(envOf(plan(apart, { env }), 'job-service')).toMatchObject({
      CENOPIE_PORT: '3001',
      CENOPIE_USERS_URL: 'http://api:3000',
      DATABASE_URL: site.databaseUrl,
    })
  })

  it('routes each domain to its process, and the rest to one that knows every module', () => {
    const { routes, rest } = plan(
      [assigned('j', 'jobs', 'users'), assigned('a', 'auth')],
      {},
      { ...whole, j: ['jobs', 'users'] },
    )
    expect(routes).toEqual([
      { domain: 'jobs', process: 'j' },
      { domain: 'users', process: 'j' },
      { domain: 'auth', process: 'a' },
    ])
    expect(rest).toBe('a')
    expect(plan(apart).rest).toBe('api')
  })
})
