import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { freshDatabase, freshRedis, type Fresh } from '@cenopie/platform-testing/fresh'
import { freePort } from '@cenopie/platform-testing/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: Fresh
let redis: Fresh
let nobody: string

beforeAll(async () => {
  ;[database, redis] = [await freshDatabase(), await freshRedis()]
  nobody = `127.0.0.1:${await freePort()}`
})
afterAll(async () => {
  await redis.close()
  await database.close()
})

/** Starts the monolith where it cannot run. */
function start(env: Record<string, string>): Promise<{ code: unknown; lines: string[] }> {
  const given = { DATABASE_URL: database.url, REDIS_URL: redis.url, ...env }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'main.ts')],
      { env: { ...given, CENOPIE_PORT: '0' } },
      (error, _stdout, stderr) => resolve({ code: error?.code, lines: stderr.trim().split('\n') }),
    )
  })
}

test.each<[string, () => Record<string, string>, RegExp]>([
  [
    'without Redis',
    () => ({ REDIS_URL: `redis://${nobody}` }),
    /^api: Redis does not answer at .+: start it/,
  ],
  [
    'without PostgreSQL',
    () => ({ DATABASE_URL: `postgresql://postgres@${nobody}/cenopie` }),
    /^api: PostgreSQL does not answer: start it/,
  ],
  ['on an empty database', () => ({}), /^api: PostgreSQL has no schema for module \w+: run /],
  ['with a misspelt setting', () => ({ CENOPIE_PROT: '1' }), /^api: unknown configuration: CENOPIE_PROT$/],
  ['with a value that does not fit', () => ({ CENOPIE_RATE_LIMIT: 'many' }), /^api: CENOPIE_RATE_LIMIT: /],
])('%s the process ends at once and says in one line what to do', async (_name, env, line) => {
  const { code, lines } = await start(env())
  expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(line)] })
})

test('in production defaults that are only safe on a developer’s machine are refused, each by name', async () => {
  const { code, lines } = await start({ CENOPIE_ENV: 'production' })
  expect(code).toBe(1)
  for (const name of ['CENOPIE_DATABASE_SECRET', 'CENOPIE_INTERNAL_SECRET'])
    expect(lines.join('\n')).toContain(`${name} must be set in production`)
})
