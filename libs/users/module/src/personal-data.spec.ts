import { newId } from '@cenopie/platform-database'
import { userCall } from '@cenopie/platform-testing'
import { profileErased } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

const notFound = { code: 'not-found' }

async function memberWithHandles() {
  const { id, call } = await app.member({ headline: `Known as ${newId()}` })
  await app.client.chooseHandle({ handle: `first-${id.slice(-12)}` }, call)
  const { version } = await app.client.chooseHandle({ handle: `second-${id.slice(-12)}` }, call)
  const profile = await app.client.replaceSkills({ version, items: ['SQL', 'Go'] }, call)
  return { id, call, profile }
}

test('an export holds the profile and every handle', async () => {
  const { id, call, profile } = await memberWithHandles()
  const exported = await app.client.exportMe({}, call)
  expect(exported.profile).toEqual(profile)
  expect(exported.handles).toEqual([`second-${id.slice(-12)}`, `first-${id.slice(-12)}`])
})

test('erasure leaves nothing behind but a receipt, and tells the others', async () => {
  const { id, call, profile } = await memberWithHandles()
  const receipt = await app.client.eraseMe({}, call)
  expect(receipt.removed).toEqual({
    profiles: 1,
    handles: 2,
    experience: 0,
    education: 0,
    skills: 2,
    languages: 0,
  })

  await expect(app.client.getMe({}, call)).rejects.toMatchObject(notFound)
  await expect(app.client.getProfile({ userId: id }, userCall())).rejects.toMatchObject(notFound)
  const traces = await app.sql(
    `select 1 from profile p where p::text like $1 union all select 1 from handle h where h::text like $2
     union all select 1 from erasure e where e::text like $1`,
    [`%${profile.headline}%`, `%${id.slice(-12)}%`],
  )
  expect(traces).toEqual([])
  const told = (await app.published(profileErased)).filter(({ entity }) => entity.id === id)
  expect(told).toMatchObject([
    { entity: { version: profile.version + 1 }, payload: { userId: id, receiptId: receipt.receiptId } },
  ])
})

test('asking again, or twice at once, answers with the same receipt', async () => {
  const { id, call } = await memberWithHandles()
  const [one, two] = await Promise.all([app.client.eraseMe({}, call), app.client.eraseMe({}, call)])
  expect(two).toEqual(one)
  expect(await app.client.eraseMe({}, call)).toEqual(one)
  const told = (await app.published(profileErased)).filter(({ entity }) => entity.id === id)
  expect(told).toHaveLength(1)
})

test('a late registration event does not bring an erased profile back', async () => {
  const { id, call } = await memberWithHandles()
  await app.client.eraseMe({}, call)
  await app.register('Ada Lovelace', newId(), id)
  await expect(app.client.getMe({}, call)).rejects.toMatchObject(notFound)
})

test('erasing one profile leaves the others alone', async () => {
  const [gone, stays] = [await memberWithHandles(), await memberWithHandles()]
  await app.client.eraseMe({}, gone.call)
  expect(await app.client.getMe({}, stays.call)).toEqual(stays.profile)
})
