import { faults } from '@cenopie/platform-contract'
import { freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openDatabase } from './open-database.ts'
import { background } from './shared-pool.ts'
import type { Database } from './types.ts'

let server: Fresh
let database: Database
let open: PromiseWithResolvers<void>
let holding: number
beforeAll(async () => {
  server = await freshDatabase()
})
afterAll(() => server.close())
beforeEach(() => {
  database = openDatabase({ url: server.url, schema: 'public', poolSize: 4, connectTimeoutMs: 2_000 })
  open = Promise.withResolvers()
  holding = 0
})
afterEach(() => database.close())

/** Holds a connection until the test opens. */
const hold = () =>
  database.transaction(async () => {
    holding += 1
    await open.promise
  })
const heldBy = (count: number) => vi.waitFor(() => expect(holding).toBe(count))

test('background work gets half of the connections, and the rest as they come back', async () => {
  const held = [1, 2, 3].map(() => background(hold))
  await heldBy(2)
  await Promise.all([database.query('select 1'), database.transaction((tx) => tx.query('select 1'))])
  expect(holding).toBe(2)
  open.resolve()
  await Promise.all(held)
  expect(holding).toBe(3)
})

test('requests get them all', async () => {
  const held = [1, 2, 3, 4].map(hold)
  await heldBy(4)
  open.resolve()
  await Promise.all(held)
})

test('who waits too long is told so, and takes no place with it', async () => {
  const held = [1, 2].map(() => background(hold))
  await heldBy(2)
  const late = background(() => database.query('select 1'))
  await expect(late).rejects.toMatchObject({ type: faults.unavailable })
  open.resolve()
  await Promise.all(held)
  const many = Array.from({ length: 20 }, () => background(() => database.query('select 1')))
  expect(await Promise.all(many)).toHaveLength(20)
  await expect(background(() => database.query('select nonsense'))).rejects.toThrow(/nonsense/)
  await Promise.all([1, 2].map(() => background(() => database.query('select 1'))))
})

test('what background work set in motion is not part of it once it is over', async () => {
  let after: Promise<void> | undefined
  const later = Promise.withResolvers<void>()
  await background(async () => {
    after = later.promise.then(hold)
  })
  const held = [1, 2].map(() => background(hold))
  await heldBy(2)
  later.resolve()
  await heldBy(3)
  open.resolve()
  await Promise.all([...held, after])
})
