import { anonymousCall, userCall } from '@cenopie/platform-testing'
import { memberBlocked, memberUnblocked, profileErased } from '@cenopie/users-contract'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { profile, startScene, type Scene } from '../scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

type Viewer = ReturnType<typeof userCall> | ReturnType<typeof anonymousCall>

/** Every way by which somebody may come upon people. */
const paths: Record<string, (viewer: Viewer, word: string) => Promise<{ userId?: string | undefined }[]>> = {
  words: async (viewer, word) => (await scene.app.client.searchPeople({ q: word }, viewer)).items,
  misspelling: async (viewer, word) =>
    (await scene.app.client.searchPeople({ q: `${word.slice(0, -2)}${word.at(-1)}${word.at(-2)}` }, viewer))
      .items,
  'the whole list': async (viewer) => (await scene.app.client.searchPeople({ limit: 50 }, viewer)).items,
  'a skill': async (viewer, word) => (await scene.app.client.searchPeople({ skills: [word] }, viewer)).items,
  'a place': async (viewer, word) => (await scene.app.client.searchPeople({ location: word }, viewer)).items,
  'open to work': async (viewer) =>
    (await scene.app.client.searchPeople({ openToWork: true, limit: 50 }, viewer)).items,
  suggestions: async (viewer, word) =>
    (await scene.app.client.suggest({ q: word, in: 'people', limit: 20 }, viewer)).items,
  'misspelt suggestions': async (viewer, word) =>
    (
      await scene.app.client.suggest(
        { q: `${word.slice(0, -2)}${word.at(-1)}${word.at(-2)}`, in: 'people' },
        viewer,
      )
    ).items,
}

let made = 0
/** Somebody whose every section holds one word that nobody else has. */
async function somebody(given: Parameters<typeof profile>[0] = {}) {
  const word = `zanth${String.fromCharCode(97 + (made % 26), 97 + Math.floor(made++ / 26))}orpel`
  const facts = profile({ name: `Ada ${word}`, headline: word, location: word, skills: [word], ...given })
  await scene.tell(facts)
  return { word, facts, id: facts.userId }
}

const sees = async (path: string, viewer: Viewer, { word, id }: { word: string; id: string }) =>
  (await paths[path]?.(viewer, word))?.some(({ userId }) => userId === id)

describe.each(Object.keys(paths))('by %s', (path) => {
  test('a public profile is found by everybody, one for members by who is signed in, a private one by nobody', async () => {
    const [open, members, closed] = [
      await somebody({ seenBy: 'public' }),
      await somebody({ seenBy: 'members' }),
      await somebody({ seenBy: 'private' }),
    ]
    const seen = async (viewer: Viewer) =>
      Promise.all([open, members, closed].map((one) => sees(path, viewer, one)))
    expect(await seen(anonymousCall())).toEqual([true, false, false])
    expect(await seen(userCall())).toEqual([true, true, false])
  })

  test('neither of two finds the other once one has blocked the other, until the block is lifted', async () => {
    const [blocker, blocked] = [await somebody(), await somebody()]
    const pair = { blockerId: blocker.id, blockedId: blocked.id }
    const id = `${blocker.id}:${blocked.id}`
    const each = () =>
      Promise.all([
        sees(path, userCall({ id: blocker.id }), blocked),
        sees(path, userCall({ id: blocked.id }), blocker),
      ])
    expect(await each()).toEqual([true, true])
    await scene.app.deliver(memberBlocked, { entity: { id, version: 4 }, payload: pair })
    expect(await each()).toEqual([false, false])
    expect(await sees(path, userCall(), blocked)).toBe(true)
    await scene.app.deliver(memberUnblocked, { entity: { id, version: 9 }, payload: pair })
    await scene.app.deliver(memberBlocked, { entity: { id, version: 4 }, payload: pair })
    expect(await each()).toEqual([true, true])
  })
})

test('a section is searched, shown, counted and filtered by only for those who may see it', async () => {
  const hidden = { location: 'members', skills: 'members', openToWork: 'members' } as const
  const facts = profile({
    name: 'Una Veiled',
    location: 'Atlantis',
    skills: ['Velation'],
    visibility: hidden,
  })
  await scene.tell(facts)
  const { searchPeople } = scene.app.client
  for (const query of [
    { q: 'atlantis' },
    { q: 'velation' },
    { location: 'atlantis' },
    { skills: ['velation'] },
  ]) {
    expect((await searchPeople(query, anonymousCall())).items, JSON.stringify(query)).toEqual([])
    expect((await searchPeople(query, userCall())).items).toMatchObject([{ location: 'Atlantis' }])
  }
  const seen = await searchPeople({ q: 'veiled' }, anonymousCall())
  expect(seen.items).toMatchObject([{ name: 'Una Veiled', skills: [] }])
  expect(JSON.stringify(seen)).not.toMatch(/atlantis|velation|openToWork":true/i)
  expect((await searchPeople({ q: 'atlantys' }, anonymousCall())).corrections).toEqual([])
})

test('who does not want to be found is not, whatever else is visible', async () => {
  await scene.tell(profile({ name: 'Hermit Quixomber', discoverable: false }))
  expect((await scene.app.client.searchPeople({ q: 'quixomber' }, userCall())).items).toEqual([])
})

test('who erases their profile leaves nothing behind, not even the spelling of their name', async () => {
  const gone = await somebody({ name: 'Xanthippe Onceler' })
  const { id: userId } = gone
  const payload = { userId, receiptId: randomUUID(), erasedAt: new Date().toISOString() }
  await scene.app.deliver(profileErased, { entity: { id: userId, version: 2 }, payload })
  await scene.tell({ ...gone.facts, headline: 'Back' }, 9)
  for (const path of Object.keys(paths)) expect(await sees(path, userCall(), gone), path).toBe(false)
  const left = await scene.app.sql(
    `select 'term' from term where key ~ 'xanthip|oncel|zanth' and key = any($1) union all
     select 'person' from person where id = $2 and (listed or shown is not null or words <> '' or keywords <> '')`,
    [['xanthippe', 'onceler', gone.word], userId],
  )
  expect(left).toEqual([])
})

test('names come before headlines', async () => {
  const names = async (q: string) =>
    (await scene.app.client.searchPeople({ q }, userCall())).items.map(({ name }) => name)
  await scene.tell(profile({ name: 'Bea Other', headline: 'Works for Wuthering' }))
  await scene.tell(profile({ name: 'Kim Wuthering', headline: '', location: '', skills: [] }))
  expect(await names('wuthering')).toEqual(['Kim Wuthering', 'Bea Other'])
})
