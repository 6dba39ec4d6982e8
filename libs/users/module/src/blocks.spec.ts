import type { CallContext, UserActor } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { anonymousCall, callBy, serviceCall, userCall } from '@cenopie/platform-testing'
import { memberBlocked, memberUnblocked } from '@cenopie/users-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allPages } from './testing/pages.ts'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

type Member = Awaited<ReturnType<typeof someone>>
type Viewer = CallContext

/** A public profile with a handle, and a skill that nobody else has. */
async function someone(name = 'Ada Lovelace') {
  const member = await app.member({ name, visibility: { profile: 'public', skills: 'public' } })
  const skill = `Skill ${member.id}`
  await app.client.replaceSkills({ version: member.version, items: [skill] }, member.call)
  const handle = `h-${member.id.slice(-12)}`
  await app.client.chooseHandle({ handle }, member.call)
  return { ...member, skill, handle, again: () => callBy(member.call.actor) }
}

const block = (by: Member, { id }: { id: string }) => app.client.blockMember({ userId: id }, by.again())
const unblock = (by: Member, { id }: { id: string }) => app.client.unblockMember({ userId: id }, by.again())

/** Every way on which one may come across somebody's profile: whether the viewer does. */
const paths: Record<string, (viewer: Viewer, of: Member) => Promise<boolean>> = {
  'profile by id': (viewer, { id }) => isFound(app.client.getProfile({ userId: id }, viewer)),
  'profile by handle': (viewer, { handle }) => isFound(app.client.getProfileByHandle({ handle }, viewer)),
  directory: async (viewer, { id }) =>
    (await allPages((window) => app.client.listProfiles(window, viewer))).some(({ userId }) => userId === id),
  'directory by skill': async (viewer, { skill }) =>
    (await app.client.listProfiles({ skill }, viewer)).items.length > 0,
  summary: (viewer, { id }) => isFound(app.client.getProfileSummary({ userId: id }, viewer)),
  summaries: async (viewer, { id }) =>
    (await app.client.getProfileSummaries({ userIds: [id] }, viewer)).items.length > 0,
}

function isFound(answer: Promise<unknown>): Promise<boolean> {
  return answer.then(
    () => true,
    (error: { code?: string }) => {
      expect(error.code).toBe('not-found')
      return false
    },
  )
}

describe.each(Object.entries(paths))('%s', (_path, finds) => {
  test('is closed by a block in both directions, and to those two only', async () => {
    const [one, other, third] = [await someone(), await someone(), await someone()]
    await block(one, other)

    expect(await finds(other.again(), one), 'the blocked finds the blocker').toBe(false)
    expect(await finds(one.again(), other), 'the blocker finds the blocked').toBe(false)
    expect(await finds(one.again(), one), 'the blocker finds themselves').toBe(true)
    for (const viewer of [third.again(), serviceCall('jobs')]) expect(await finds(viewer, one)).toBe(true)

    await unblock(one, other)
    expect(await finds(other.again(), one)).toBe(true)
    expect(await finds(one.again(), other)).toBe(true)
  })
})

test('of two blocks against each other each stands alone', async () => {
  const [one, other] = [await someone(), await someone()]
  await Promise.all([block(one, other), block(other, one)])
  await unblock(one, other)
  for (const [path, finds] of Object.entries(paths)) {
    expect(await finds(one.again(), other), path).toBe(false)
    expect(await finds(other.again(), one), path).toBe(false)
  }
})

test('to the blocked, the blocker and somebody who never was look alike', async () => {
  const [one, other] = [await someone(), await someone()]
  await block(one, other)
  const said = async (url: string) => {
    const { status, body } = await app.http({ method: 'GET', url, actor: other.call.actor })
    const { code, title, detail } = body as Record<string, unknown>
    return { status, code, title, detail }
  }
  const unknown = await said(`/api/v1/users/profiles/${newId()}`)
  expect(unknown.status).toBe(404)
  expect(await said(`/api/v1/users/profiles/${one.id}`)).toEqual(unknown)
  expect(await said(`/api/v1/users/handles/${one.handle}`)).toEqual(unknown)

  const strangers = [newId(), one.id]
  for (const id of strangers) await block(other, { id })
  const { items } = await app.client.listBlocks({}, other.again())
  expect(items.map(({ userId, name }) => ({ userId, name }))).toEqual(
    strangers.toReversed().map((userId) => ({ userId, name: undefined })),
  )
})

test('a block and its lifting are told once each, however often they are asked for', async () => {
  const [one, other, third] = [await someone(), await someone(), await someone()]
  await Promise.all([1, 2, 3, 4].map(() => block(one, other)))
  await block(one, third)
  await Promise.all([1, 2, 3, 4].map(() => unblock(one, other)))
  await block(one, other)

  const told = [...(await app.published(memberBlocked)), ...(await app.published(memberUnblocked))]
    .filter(({ entity }) => entity.id === `${one.id}:${other.id}`)
    .sort((a, b) => a.entity.version - b.entity.version)
  expect(told.map(({ name }) => name)).toEqual([
    'users.member-blocked',
    'users.member-unblocked',
    'users.member-blocked',
  ])
  for (const { payload } of told) expect(payload).toEqual({ blockerId: one.id, blockedId: other.id })
  expect(new Set(told.map(({ entity }) => entity.version)).size).toBe(3)
})

test('the snapshot says of each block that stands what its event said', async () => {
  const [one, other, third] = [await someone(), await someone(), await someone()]
  await block(one, other)
  await block(one, third)
  await block(other, one)
  await unblock(one, third)

  const items = await allPages((window) => app.client.snapshotBlocks(window, serviceCall('search')), 1)
  const ours = items.filter(({ blockerId }) => [one.id, other.id].includes(blockerId))
  const told = (await app.published(memberBlocked))
    .filter(({ entity }) => [`${one.id}:${other.id}`, `${other.id}:${one.id}`].includes(entity.id))
    .map(({ entity, payload }) => ({ version: entity.version, ...payload }))
  expect(told).toHaveLength(2)
  expect(new Set(ours)).toEqual(new Set(told))
})

test('the own list names the blocked, latest first, page by page, and nobody else reads it', async () => {
  const one = await someone()
  const others = [await someone('Charles Babbage'), await someone('Mary Somerville'), await someone()]
  for (const other of others) await block(one, other)
  const items = await allPages((window) => app.client.listBlocks(window, one.again()), 1)
  expect(items.map(({ userId }) => userId)).toEqual(others.map(({ id }) => id).toReversed())
  expect(items.map(({ name }) => name)).toEqual(['Ada Lovelace', 'Mary Somerville', 'Charles Babbage'])
  expect((await app.client.listBlocks({}, others[0]?.again() ?? userCall())).items).toEqual([])
})

test('nobody blocks or mutes themselves, and nobody signed out does either', async () => {
  const one = await someone()
  for (const list of ['blocks', 'mutes']) {
    const url = `/api/v1/users/me/${list}/${one.id}`
    const answer = await app.http({ method: 'PUT', url, actor: one.call.actor })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ errors: [expect.objectContaining({ field: 'userId' })] })
    for (const method of ['PUT', 'DELETE']) expect((await app.http({ method, url })).status).toBe(401)
    expect((await app.http({ method: 'GET', url: `/api/v1/users/me/${list}` })).status).toBe(401)
  }
})

test.each([
  ['block', 'blocker_id, blocked_id, version', ', 0', 'users.too-many-blocks'],
  ['mute', 'muter_id, muted_id', '', 'users.too-many-mutes'],
] as const)('a thousand on the %s list are enough', async (table, columns, version, code) => {
  const [one, other] = [await someone(), await someone()]
  await app.sql(
    `insert into ${table} (${columns}) select $1, gen_random_uuid()${version} from generate_series(1, 999)`,
    [one.id],
  )
  const put = app.client[`${table}Member`]
  await put({ userId: other.id }, one.again())
  await put({ userId: other.id }, one.again())
  await expect(put({ userId: newId() }, one.again())).rejects.toMatchObject({ code })
  expect((await app.client.exportMe({}, one.again()))[`${table}s`]).toHaveLength(1000)
})

test('a mute leaves the muted out of the own lists, and nobody else notices', async () => {
  const [one, muted] = [await someone(), await someone()]
  const mute = (call: CallContext<UserActor>) => app.client.muteMember({ userId: muted.id }, call)
  await mute(one.again())
  await mute(one.again())

  const directory = paths.directory ?? expect.fail()
  expect(await directory(one.again(), muted)).toBe(false)
  expect(await isFound(app.client.getProfile({ userId: muted.id }, one.again()))).toBe(true)
  for (const viewer of [userCall(), anonymousCall()]) expect(await directory(viewer, muted)).toBe(true)
  expect(await directory(muted.again(), one)).toBe(true)
  expect((await app.client.listMutes({}, muted.again())).items).toEqual([])
  expect((await app.client.listMutes({}, one.again())).items).toMatchObject([{ userId: muted.id }])

  await app.client.unmuteMember({ userId: muted.id }, one.again())
  await app.client.unmuteMember({ userId: muted.id }, one.again())
  expect(await directory(one.again(), muted)).toBe(true)
})
