import { newId } from '@cenopie/platform-database'
import { serviceCall, userCall } from '@cenopie/platform-testing'
import { profileUpdated } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

const announced = async (userId: string) =>
  (await app.published(profileUpdated)).filter(({ entity }) => entity.id === userId)

test('an account gets a profile that only members see', async () => {
  const id = await app.register('Ada Lovelace')
  const profile = await app.client.getMe({}, userCall({ id }))
  expect(profile).toMatchObject({ userId: id, name: 'Ada Lovelace', version: 1, skills: [] })
  expect(new Set(Object.values(profile.visibility))).toEqual(new Set(['members']))
  expect(await announced(id)).toMatchObject([
    { entity: { id, version: 1 }, payload: { name: 'Ada Lovelace' } },
  ])
})

test('a registration heard twice makes one profile and tells of it once', async () => {
  const eventId = newId()
  const id = await app.register('Ada Lovelace', eventId)
  await app.client.updateMe({ version: 1, name: 'Ada King' }, userCall({ id }))
  await app.register('Ada Lovelace', eventId, id)
  await app.register('Ada Lovelace', newId(), id)

  expect(await app.client.getMe({}, userCall({ id }))).toMatchObject({ name: 'Ada King', version: 2 })
  expect(await announced(id)).toHaveLength(2)
})

test('whoever is faster than the event of their registration finds their profile all the same', async () => {
  const id = app.registerUnheard('Ada Lovelace')
  await app.client.updateMe({ version: 1, headline: 'Engineer' }, userCall({ id }))
  await app.register('Ada Lovelace', newId(), id)

  expect(await app.client.getMe({}, userCall({ id }))).toMatchObject({ headline: 'Engineer', version: 2 })
  expect((await announced(id)).map(({ entity }) => entity.version).sort()).toEqual([1, 2])
})

test('several first reads at once make one profile', async () => {
  const id = app.registerUnheard('Ada Lovelace')
  const profiles = await Promise.all([1, 2, 3, 4].map(() => app.client.getMe({}, userCall({ id }))))
  expect(profiles.map(({ version }) => version)).toEqual([1, 1, 1, 1])
  expect(await announced(id)).toHaveLength(1)
})

test('other modules get summaries, also of people they ask for too early, and learn who does not exist', async () => {
  const heard = await app.register('Ada Lovelace')
  await app.client.updateMe({ version: 1, headline: 'Engineer', location: 'London' }, userCall({ id: heard }))
  const unheard = app.registerUnheard('Charles Babbage')

  const summary = { userId: heard, name: 'Ada Lovelace', headline: 'Engineer', location: 'London' }
  expect(await app.client.getProfileSummary({ userId: heard }, serviceCall('jobs'))).toEqual(summary)
  expect(await app.client.getProfileSummary({ userId: unheard }, serviceCall('jobs'))).toEqual({
    userId: unheard,
    name: 'Charles Babbage',
  })
  const { items } = await app.client.getProfileSummaries({ userIds: [heard, newId()] }, serviceCall('jobs'))
  expect(items).toEqual([summary])
  await expect(app.client.getProfileSummary({ userId: newId() }, serviceCall('jobs'))).rejects.toMatchObject({
    code: 'not-found',
  })
})
