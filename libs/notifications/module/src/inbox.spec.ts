import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { userActor } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Notification } from '@cenopie/notifications-contract'
import { entity } from './test-support/facts.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterAll(() => on.close())

const inbox = '/api/v1/notifications/inbox'

/** Somebody with that many notifications, and how they reach theirs. */
async function reader(count: number) {
  const actor = userActor()
  for (let minute = 0; minute < count; minute += 1) {
    await on.app.deliver(authEvents.signedInFromNewDevice, {
      entity: entity(actor.id),
      payload: { userId: actor.id, email: `${actor.id}@example.com`, at: `2026-11-01T08:0${minute}:00.000Z` },
    })
  }
  const ask = async (method: string, url: string, body?: unknown) => {
    const answer = await on.app.http({ method, url: inbox + url, actor, body })
    return { status: answer.status, body: answer.body as Record<string, unknown> }
  }
  const list = async (query = '') => {
    const { body } = await ask('GET', query)
    return body as unknown as { items: Notification[]; nextCursor?: string }
  }
  return { actor, ask, list }
}

test('pages show everything once, newest first', async () => {
  const { list } = await reader(5)
  const first = await list('?limit=2')
  const second = await list(`?limit=2&cursor=${first.nextCursor}`)
  const third = await list(`?limit=2&cursor=${second.nextCursor}`)
  const bodies = [...first.items, ...second.items, ...third.items].map(({ body }) => body)
  expect(bodies.map((body) => /08:0\d/.exec(body)?.[0])).toEqual([
    '08:04',
    '08:03',
    '08:02',
    '08:01',
    '08:00',
  ])
  expect(third).not.toHaveProperty('nextCursor')
})

test('a forged cursor is refused by name', async () => {
  const { ask } = await reader(0)
  for (const cursor of ['nonsense', Buffer.from('{"id":1}').toString('base64url')]) {
    const { status, body } = await ask('GET', `?cursor=${cursor}`)
    expect({ status, field: (body['errors'] as { field: string }[])[0]?.field }).toEqual({
      status: 400,
      field: 'cursor',
    })
  }
})

test('reading, unreading and archiving move a notification between the lists and the counts', async () => {
  const { ask, list } = await reader(2)
  const [newest] = (await list()).items as [Notification]
  const counts = async () => (await ask('GET', '/counts')).body
  expect(await counts()).toEqual({ unread: 2, inbox: 2, archived: 0 })

  const read = await ask('PATCH', `/${newest.id}`, { read: true })
  expect(read.body['readAt']).toEqual(expect.any(String))
  expect((await ask('PATCH', `/${newest.id}`, { read: true })).body['readAt']).toBe(read.body['readAt'])
  expect(await counts()).toEqual({ unread: 1, inbox: 2, archived: 0 })
  expect((await list('?filter=unread')).items).toHaveLength(1)

  expect((await ask('PATCH', `/${newest.id}`, { read: false })).body).not.toHaveProperty('readAt')
  await ask('PATCH', `/${newest.id}`, { archived: true })
  expect(await counts()).toEqual({ unread: 1, inbox: 1, archived: 1 })
  expect((await list('?filter=archived')).items.map(({ id }) => id)).toEqual([newest.id])
  expect((await list()).items.map(({ id }) => id)).not.toContain(newest.id)

  await ask('PATCH', `/${newest.id}`, { archived: false })
  expect(await counts()).toEqual({ unread: 2, inbox: 2, archived: 0 })
})

test('marking all read stops at the time given', async () => {
  const { ask, list } = await reader(2)
  const [newest, oldest] = (await list()).items as [Notification, Notification]
  expect((await ask('POST', '/read-all', { until: oldest.createdAt })).body).toEqual({ marked: 1 })
  expect((await list('?filter=unread')).items.map(({ id }) => id)).toEqual([newest.id])
  expect((await ask('POST', '/read-all', {})).body).toEqual({ marked: 1 })
  expect((await ask('POST', '/read-all', {})).body).toEqual({ marked: 0 })
})

test("other people's notifications do not exist", async () => {
  const [ada, eve] = [await reader(1), await reader(1)]
  const [hers] = (await ada.list()).items as [Notification]
  expect((await eve.ask('GET', `/${hers.id}`)).status).toBe(404)
  expect((await eve.ask('PATCH', `/${hers.id}`, { read: true, archived: true })).status).toBe(404)
  expect((await eve.ask('POST', '/read-all', {})).body).toEqual({ marked: 1 })
  expect((await eve.list()).items).toHaveLength(1)
  expect((await ada.ask('GET', `/${hers.id}`)).body).toEqual(hers)
  expect((await ada.ask('GET', `/${randomUUID()}`)).status).toBe(404)
})

test('a change without a change, an unknown field and a missing token are refused', async () => {
  const { ask, list } = await reader(1)
  const [one] = (await list()).items as [Notification]
  expect((await ask('PATCH', `/${one.id}`, {})).body['errors']).toMatchObject([{ field: 'read' }])
  expect((await ask('PATCH', `/${one.id}`, { read: true, title: 'x' })).body['errors']).toMatchObject([
    { field: 'title' },
  ])
  expect((await on.app.http({ method: 'GET', url: inbox })).status).toBe(401)
})
