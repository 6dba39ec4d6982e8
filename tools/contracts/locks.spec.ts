import { event } from '@cenopie/platform-contract'
import type { AnyOperation } from '@cenopie/platform-contract'
import type { ModuleDescription } from '@cenopie/platform-runtime'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { check } from './check.ts'
import { describeAll } from './describe-all.ts'
import { lineOf } from './finding.ts'

const today = new Date().toISOString().slice(0, 10)
let domains: ModuleDescription[]
beforeAll(async () => {
  domains = await describeAll()
})

test('the code of every domain is what its committed lock says', async () => {
  expect((await check(domains, today)).map(lineOf)).toEqual([])
})

/** The committed lock of users against its code with one change. */
async function findings(change: (users: ModuleDescription) => Partial<ModuleDescription>): Promise<string[]> {
  const changed = domains.map((one) => (one.name === 'users' ? { ...one, ...change(one) } : one))
  return (await check(changed, today)).map(lineOf)
}

const replaced =
  (key: string, change: (given: AnyOperation) => AnyOperation) => (users: ModuleDescription) => ({
    provides: users.provides.map((one) =>
      one.key === key ? { key, operation: change(one.operation) } : one,
    ),
  })

const asking = (given: AnyOperation, input: z.ZodRawShape): AnyOperation => {
  return { ...given, inputSchema: (given.inputSchema as z.ZodObject).extend(input) }
}

describe('the lock of a domain holds against', () => {
  test('a field removed from a response', async () => {
    const lines = await findings(
      replaced('getProfile', (given) => ({
        ...given,
        output: (given.output as z.ZodObject).omit({ headline: true }),
      })),
    )
    expect(lines[0]).toMatch(
      /^BREAKING {3}users: operation getProfile, response, \$\.headline: .* → nothing\. .*\/api\/v2\/users\/profiles/,
    )
  })

  test('a required field added to a request', async () => {
    const lines = await findings(replaced('updateMe', (given) => asking(given, { motto: z.string() })))
    expect(lines).toEqual([
      expect.stringMatching(
        /^BREAKING {3}users: operation updateMe, request, \$\.motto: nothing → required string/,
      ),
    ])
  })

  test('a renamed event', async () => {
    const lines = await findings(({ publishes }) => ({
      publishes: publishes.map((one) =>
        one.name === 'users.profile-erased' ? event('users.profile-deleted', 1, one.payload) : one,
      ),
    }))
    expect(lines).toEqual([
      expect.stringMatching(/^BREAKING {3}users: event users\.profile-erased, .* → nothing/),
      expect.stringMatching(/^compatible users: event users\.profile-deleted/),
    ])
  })

  test('even a compatible change that nobody accepted', async () => {
    const lines = await findings(
      replaced('updateMe', (given) => asking(given, { motto: z.string().optional() })),
    )
    expect(lines).toEqual([
      expect.stringMatching(/^compatible users: .* \$\.motto: .*npm run contracts -- accept/),
    ])
  })
})

test('a lock whose domain is gone, and a domain without a lock, are told', async () => {
  const strangers = domains.map((one) => (one.name === 'users' ? { ...one, name: 'members' } : one))
  expect((await check(strangers, today)).map(lineOf)).toEqual([
    expect.stringMatching(/^compatible members: contract/),
    expect.stringMatching(/^BREAKING {3}users: contract/),
  ])
})
