import { userActor, userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

test('a former handle still leads to its holder and names the current one', async () => {
  const { call } = await app.member()
  await app.client.chooseHandle({ handle: 'ada' }, call)
  await app.client.chooseHandle({ handle: 'ada-king' }, call)
  expect(await app.client.getProfileByHandle({ handle: 'ada' }, userCall())).toMatchObject({
    handle: 'ada-king',
  })
})

test('nobody gets a handle that someone else holds or held', async () => {
  const { call } = await app.member()
  await app.client.chooseHandle({ handle: 'charles' }, call)
  await app.client.chooseHandle({ handle: 'babbage' }, call)
  const other = await app.member()
  for (const handle of ['charles', 'babbage']) {
    await expect(app.client.chooseHandle({ handle }, other.call)).rejects.toMatchObject({
      code: 'users.handle-taken',
    })
  }
  expect((await app.client.getMe({}, other.call)).handle).toBeUndefined()
})

test('of many who want a handle at once one gets it', async () => {
  const members = await Promise.all([1, 2, 3, 4, 5].map(() => app.member()))
  const choices = members.map(({ call }) => app.client.chooseHandle({ handle: 'contested' }, call))
  const got = (await Promise.allSettled(choices)).filter(({ status }) => status === 'fulfilled')
  expect(got).toHaveLength(1)
})

test('one may take a former handle again, but not hold more than ten', async () => {
  const { call } = await app.member()
  for (let at = 0; at < 10; at += 1) await app.client.chooseHandle({ handle: `many-${at}` }, call)
  await expect(app.client.chooseHandle({ handle: 'many-10' }, call)).rejects.toMatchObject({
    code: 'users.too-many-handles',
  })
  expect((await app.client.chooseHandle({ handle: 'many-0' }, call)).handle).toBe('many-0')
  const free = await app.member()
  expect((await app.client.chooseHandle({ handle: 'many-10' }, free.call)).handle).toBe('many-10')
})

test.each(['me', 'Ada', 'ab', 'a--b'])('the handle %j is refused by name', async (handle) => {
  const actor = userActor({ id: await app.register('Ada Lovelace') })
  const answer = await app.http({ method: 'PUT', url: '/api/v1/users/me/handle', actor, body: { handle } })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ errors: [expect.objectContaining({ field: 'handle' })] })
})
