import { newId } from '@cenopie/platform-database'
import { blockedOrDone, userCall } from '@cenopie/platform-testing'
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
    blocks: 0,
    mutes: 0,
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

test('an export names whom one has blocked and muted, and nobody who did so to oneself', async () => {
  const [one, blocked, muted, other] = await Promise.all([1, 2, 3, 4].map(() => memberWithHandles()))
  if (!one || !blocked || !muted || !other) return expect.fail()
  await app.client.blockMember({ userId: blocked.id }, one.call)
  await app.client.muteMember({ userId: muted.id }, one.call)
  await app.client.blockMember({ userId: one.id }, other.call)
  const { blocks, mutes } = await app.client.exportMe({}, one.call)
  expect(blocks).toMatchObject([{ userId: blocked.id, name: 'Ada Lovelace' }])
  expect(mutes).toMatchObject([{ userId: muted.id, name: 'Ada Lovelace' }])
})

test('erasure forgets blocks and mutes in both directions, and counts only the own', async () => {
  const [gone, other, third] = await Promise.all([1, 2, 3].map(() => memberWithHandles()))
  if (!gone || !other || !third) return expect.fail()
  await app.client.blockMember({ userId: other.id }, gone.call)
  await app.client.muteMember({ userId: third.id }, gone.call)
  for (const { call } of [other, third]) {
    await app.client.blockMember({ userId: gone.id }, call)
    await app.client.muteMember({ userId: gone.id }, call)
  }
  await app.client.blockMember({ userId: third.id }, other.call)

  expect((await app.client.eraseMe({}, gone.call)).removed).toMatchObject({ blocks: 1, mutes: 1 })
  expect(await tracesOf(gone.id)).toEqual([])
  expect((await app.client.listBlocks({}, other.call)).items).toMatchObject([{ userId: third.id }])
})

test('whoever blocks or mutes someone while they are erased, or after, keeps nothing of them', async () => {
  const [gone, other] = await Promise.all([memberWithHandles(), memberWithHandles()])
  const keep = () =>
    Promise.all([
      app.client.blockMember({ userId: gone.id }, other.call),
      app.client.muteMember({ userId: gone.id }, other.call),
    ])
  // What an erasure does, held open before its commit.
  const kept = await app.platform.database('users').transaction(async (tx) => {
    await tx.query('select from profile where user_id = $1 for update', [gone.id])
    const erasure = `insert into erasure (id, user_id, erased_at, removed) values ($1, $1, now(), '{}')`
    await tx.query(erasure, [gone.id])
    const keeping = keep()
    await blockedOrDone(app, keeping)
    return { keeping }
  })
  await kept.keeping
  expect(await tracesOf(gone.id)).toEqual([])
  await keep()
  expect(await tracesOf(gone.id)).toEqual([])
})

test('whoever was erased blocks and mutes nobody', async () => {
  const { call } = await memberWithHandles()
  await app.client.eraseMe({}, call)
  for (const put of [app.client.blockMember, app.client.muteMember]) {
    await expect(put({ userId: newId() }, call)).rejects.toMatchObject(notFound)
  }
})

test('a receipt from before blocks were counted still answers', async () => {
  const { id, call } = await memberWithHandles()
  const receipt = await app.client.eraseMe({}, call)
  await app.sql(`update erasure set removed = removed - 'blocks' - 'mutes' where user_id = $1`, [id])
  expect(await app.client.eraseMe({}, call)).toEqual(receipt)
})

const tracesOf = (id: string) =>
  app.sql(
    `select 'block' from block where $1 in (blocker_id, blocked_id)
     union all select 'mute' from mute where $1 in (muter_id, muted_id)`,
    [id],
  )
