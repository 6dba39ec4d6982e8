import { afterAll, beforeAll, expect, test } from 'vitest'
import { posting, startScene, type Scene } from './scene.ts'

/** More than are looked at one by one: src/domain/frequency.ts. */
const many = 1600
const minutes = (ago: number) => new Date(Date.now() - ago * 60_000).toISOString()

let scene: Scene
/** Ids in the order in which they must come. */
const expected: string[] = []
beforeAll(async () => {
  const titled = Array.from({ length: 40 }, (_, at) =>
    posting({ title: `Plumber ${at}`, publishedAt: minutes(9000 + at) }),
  )
  const skilled = Array.from({ length: many }, (_, at) =>
    posting({ title: 'Fitter', skills: ['plumber'], publishedAt: minutes(100 + at) }),
  )
  const told = Array.from({ length: 60 }, (_, at) =>
    posting({ title: 'Clerk', description: 'A plumber', publishedAt: minutes(at) }),
  )
  const others = Array.from({ length: 100 }, () => posting({ title: 'Clerk' }))
  expected.push(...[titled, skilled, told].flat().map(({ postingId }) => postingId))
  const all = [titled, skilled, told, others].flat().map((facts) => ({ ...facts, version: 2 }))
  scene = await startScene({ pageSize: 500, postings: all })
  await scene.app.idle()
}, 120_000)
afterAll(() => scene.app.close())

test('what very many have is counted as frequent', async () => {
  const counts = await scene.app.sql(
    `select docs from lexeme_count where scope = 'postings' and lexeme = '~plumber'`,
  )
  expect(counts).toEqual([{ docs: many + 40 }])
})

test('all pages of a frequent word hold what they must, in the same order as of a rare one', async () => {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await scene.postings('plumber', { limit: 50, ...(cursor !== undefined && { cursor }) })
    found.push(...page.items.map(({ postingId }) => postingId))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(found).toEqual(expected)
})

test('its facets count the best matches, and say that there are more', async () => {
  const { found, facets } = await scene.postings('plumber')
  expect(found).toEqual({ count: 200, complete: false })
  expect(facets?.employment).toEqual([{ value: 'full-time', count: 200 }])
})

test('what is over leaves the lists', async () => {
  const first = expected[0] as string
  await scene.close({ ...posting(), postingId: first }, 9)
  expect((await scene.postings('plumber')).items.map(({ postingId }) => postingId)).toEqual(
    expected.slice(1, 21),
  )
  expect(await scene.app.sql('select 1 from posting_word where id = $1', [first])).toEqual([])
})
