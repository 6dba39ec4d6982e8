import { randomUUID } from 'node:crypto'
import { serviceCall, userCall } from '@cenopie/platform-testing'
import type { Drift, IndexName } from '@cenopie/search-contract'
import { memberBlocked } from '@cenopie/users-contract'
import { afterEach, expect, test } from 'vitest'
import { posting, profile, startScene, titles, type Owned, type Scene } from '../scene.ts'

let scene: Scene
const start = async (given: Partial<Owned> = {}) => (scene = await startScene(given))
afterEach(() => scene.app.close())

const operator = () => serviceCall('operator')
async function reindex(index: IndexName): Promise<void> {
  expect(await scene.app.client.reindex({ index }, operator())).toEqual({ started: true })
  await scene.built()
}
async function drift(index: IndexName): Promise<Drift | undefined> {
  await scene.app.client.checkDrift({ index }, operator())
  await scene.app.idle()
  const { items } = await scene.app.client.getIndexes({}, operator())
  return items.find((item) => item.index === index)?.drift
}
const snapshotted = (title: string, version = 2) => ({ ...posting({ title }), version })

test('an empty index in a platform that has postings, people and blocks fills itself', async () => {
  const [ada, bob] = [profile({ name: 'Ada Known' }), profile({ name: 'Bob Known' })]
  await start({
    postings: Array.from({ length: 8 }, (_, at) => snapshotted(`Known ${at}`)),
    profiles: [ada, bob].map((one) => ({ ...one, version: 1 })),
    blocks: [{ blockerId: ada.userId, blockedId: bob.userId, version: 3 }],
  })
  expect((await scene.postings('known')).found).toEqual({ count: 8, complete: true })
  const found = async (id: string) =>
    (await scene.app.client.searchPeople({ q: 'known' }, userCall({ id }))).items.map(({ name }) => name)
  expect(await found(bob.userId)).toEqual(['Bob Known'])
  expect((await found(randomUUID())).toSorted()).toEqual(['Ada Known', 'Bob Known'])
})

test('a rebuild brings what was missing, drops what is no more, and says what it found', async () => {
  await start()
  const [stale, extra, same] = [
    posting({ title: 'Before' }),
    posting({ title: 'Extra' }),
    posting({ title: 'Same' }),
  ]
  for (const one of [stale, extra, same]) await scene.publish(one, 2)
  scene.owned.postings = [
    { ...stale, title: 'After', version: 3 },
    { ...same, version: 2 },
    snapshotted('Missing'),
  ]
  const missing = scene.owned.postings[2]?.postingId
  const expected = {
    missing: { count: 1, sample: [missing] },
    stale: { count: 1, sample: [stale.postingId] },
    extra: { count: 1, sample: [extra.postingId] },
  }
  expect(await drift('postings')).toMatchObject({ ...expected, source: 3 })
  await reindex('postings')
  const { items } = await scene.app.client.getIndexes({}, operator())
  expect(items.find(({ index }) => index === 'postings')).toMatchObject({
    building: false,
    copied: 3,
    drift: expected,
  })
  expect(titles(await scene.postings('')).toSorted()).toEqual(['After', 'Missing', 'Same'])
  const none = { count: 0, sample: [] }
  expect(await drift('postings')).toMatchObject({ missing: none, stale: none, extra: none })
})

test('news that comes while an index is built is in it, whichever came first', async () => {
  await start()
  const [changed, closed, fresh] = [
    posting({ title: 'Changed' }),
    posting({ title: 'Closed' }),
    posting({ title: 'Fresh' }),
  ]
  const [ada, bob] = [profile({ name: 'Ada' }), profile({ name: 'Bob' })]
  for (const one of [changed, closed]) await scene.publish(one, 2)
  scene.owned.postings = [
    changed,
    closed,
    ...Array.from({ length: 7 }, () => posting({ title: 'Other' })),
  ].map((one) => ({ ...one, version: 2 }))
  scene.owned.profiles = [ada, bob].map((one) => ({ ...one, version: 1 }))
  let pages = 0
  scene.owned.beforePage = async () => {
    pages += 1
    if (pages === 1) {
      await scene.publish({ ...changed, title: 'Changed meanwhile' }, 3)
      await scene.publish(fresh)
    }
    if (pages === 3) await scene.close(closed, 3)
  }
  await reindex('postings')
  expect(pages).toBe(3)
  const found = titles(await scene.postings('')).filter((title) => title !== 'Other')
  expect(found.toSorted()).toEqual(['Changed meanwhile', 'Fresh'])
  await scene.publish(closed, 2)
  expect(titles(await scene.postings('closed'))).toEqual([])

  scene.owned.beforePage = async () => {
    scene.owned.beforePage = async () => undefined
    const id = `${ada.userId}:${bob.userId}`
    const payload = { blockerId: ada.userId, blockedId: bob.userId }
    await scene.app.deliver(memberBlocked, { entity: { id, version: 2 }, payload })
  }
  await reindex('blocks')
  await reindex('people')
  const { items } = await scene.app.client.searchPeople({}, userCall({ id: ada.userId }))
  expect(items.map(({ name }) => name)).toEqual(['Ada'])
})

test('searches go on while an index is built, on the one in use', async () => {
  await start()
  await scene.publish(posting({ title: 'There' }))
  scene.owned.postings = [snapshotted('Coming')]
  scene.owned.beforePage = async () => {
    expect(titles(await scene.postings(''))).toEqual(['There'])
    expect(await scene.app.client.reindex({ index: 'postings' }, operator())).toEqual({ started: false })
  }
  await reindex('postings')
  expect(titles(await scene.postings(''))).toEqual(['Coming'])
})

test('a rebuild that fails on the way reads on where it was', async () => {
  await start()
  scene.owned.postings = Array.from({ length: 7 }, (_, at) => snapshotted(`Seven ${at}`))
  let pages = 0
  scene.owned.beforePage = async () => {
    pages += 1
    if (pages === 2) throw new Error('the other domain is away')
  }
  await reindex('postings')
  expect(pages).toBe(4)
  expect((await scene.postings('seven')).found?.count).toBe(7)
})

test('names and definitions of indexes outlive the swap', async () => {
  await start()
  const indexes = () =>
    scene.app.sql(
      `select indexdef from pg_indexes where schemaname = 'search' and tablename in ('posting', 'person', 'block') order by 1`,
    )
  const before = await indexes()
  for (const index of ['postings', 'people', 'blocks'] as const) await reindex(index)
  for (const index of ['postings', 'people', 'blocks'] as const) await reindex(index)
  expect(await indexes()).toEqual(before)
  expect(before.length).toBeGreaterThan(8)
  const options = await scene.app.sql(
    `select relname from pg_class where reloptions = '{toast_tuple_target=256}' order by 1`,
  )
  expect(options).toEqual([{ relname: 'person' }, { relname: 'posting' }])
})
