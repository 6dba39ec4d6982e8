import { newId } from '@cenopie/platform-database'
import { serviceCall } from '@cenopie/platform-testing'
import { profileUpdated } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allPages } from './testing/pages.ts'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

const search = () => serviceCall('search')

/** Everything, page by page; `between` runs after each page. */
const profiles = (limit = 100, between: () => unknown = () => undefined) =>
  allPages(async (window) => {
    const page = await app.client.snapshotProfiles(window, search())
    await between()
    return page
  }, limit)

test('a snapshot says of every profile what its latest event said, and no more', async () => {
  const plain = await app.member()
  const hidden = await app.member({
    location: 'London',
    openToWork: true,
    visibility: { location: 'private' },
  })
  await app.client.chooseHandle({ handle: 'hidden' }, hidden.call)

  const items = await profiles()
  const told = await app.published(profileUpdated)
  for (const { id } of [plain, hidden]) {
    const [latest] = told
      .filter(({ entity }) => entity.id === id)
      .sort((one, other) => other.entity.version - one.entity.version)
    const item = items.find(({ userId }) => userId === id)
    expect(latest).toBeDefined()
    expect(item).toStrictEqual({ version: latest?.entity.version, ...latest?.payload })
  }
})

test('pages hold each profile once, though profiles appear, change and go between them', async () => {
  const before = await Promise.all([1, 2, 3, 4, 5].map(() => app.member()))
  const gone = await app.member()
  let changed = false
  const items = await profiles(2, async () => {
    if (changed) return
    changed = true
    await app.member()
    for (const { call, version } of before) await app.client.updateMe({ version, headline: 'Later' }, call)
    await app.client.eraseMe({}, gone.call)
  })
  const ids = items.map(({ userId }) => userId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id } of before) expect(ids).toContain(id)
  expect(ids).not.toContain(gone.id)
})

test('other modules alone read snapshots', async () => {
  for (const path of ['profiles', 'blocks']) {
    const answer = await app.http({ method: 'GET', url: `/internal/v1/users/snapshots/${path}` })
    expect(answer.status).toBe(404)
  }
  await expect(app.client.snapshotBlocks({ cursor: newId() }, search())).rejects.toMatchObject({
    code: 'invalid-input',
  })
})
