import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotes } from './fixture/notes.ts'
import type { notesContract } from './fixture/notes.ts'
import { testModule, userActor } from './index.ts'
import type { TestModule } from './index.ts'

const allowed = 5
let app: TestModule<typeof notesContract>

beforeAll(async () => {
  app = await testModule(createNotes(), { platform: { rateLimit: allowed } })
})
afterAll(() => app.close())

async function statuses(request: () => ReturnType<typeof app.http>): Promise<number[]> {
  const seen: number[] = []
  for (let number = 0; number <= allowed; number += 1) seen.push((await request()).status)
  return seen
}

test('guessing at tokens is limited by address, and shuts out nobody with a good one', async () => {
  const guess = () =>
    app.http({ method: 'POST', url: '/api/v1/notes', token: 'e30.e30.e30', body: { text: 'a' } })
  expect(await statuses(guess)).toEqual([...Array<number>(allowed).fill(401), 429])
  expect((await guess()).headers.get('retry-after')).toMatch(/^\d+$/)
  const honest = { method: 'POST', url: '/api/v1/notes', actor: userActor(), body: { text: 'a' } }
  expect(await app.http(honest)).toMatchObject({ status: 201 })
})

test('guessing at paths is limited by address', async () => {
  const guess = () => app.http({ method: 'GET', url: '/wp-login.php' })
  expect(await statuses(guess)).toEqual([...Array<number>(allowed).fill(404), 429])
})
