import { eventually, httpClient } from '@cenopie/e2e'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authContract } from '@cenopie/auth-contract'
import { expect, test } from 'vitest'
import { namesOf, staged } from './staging.ts'

test('names are the same in every run of a journey, and its own', () => {
  const [one, again, other] = [namesOf('hiring'), namesOf('hiring'), namesOf('leaving')]
  const names = [one(), one()]
  expect([again(), again()]).toEqual(names)
  expect(names[0]).not.toBe(names[1])
  expect(other()).not.toBe(names[0])
})

test('of several looks for the same thing the last is remembered, of everything else all', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ asked }))
  }).listen(0)
  const { port } = server.address() as AddressInfo
  const { stage, told } = staged('asking', { url: `http://127.0.0.1:${port}`, mail: {} as never })
  const auth = httpClient(authContract, stage)
  const ask = async () => ((await auth.me({})) as unknown as { asked: number }).asked

  await ask()
  await eventually('the fourth answer', async () => (await ask()) === 4, { every: 1 })
  await eventually('the fifth answer', async () => (await ask()) === 5, { every: 1 })
  await ask()
  server.close()
  server.closeAllConnections()

  expect(told.exchanges.map(({ body }) => (body as { asked: number }).asked)).toEqual([1, 4, 5, 6])
})
