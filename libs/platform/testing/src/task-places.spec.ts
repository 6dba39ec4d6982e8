import { Redis } from 'ioredis'
import { expect, test, vi } from 'vitest'
import { count, createNotes } from './fixture/notes.ts'
import { testModule, userCall } from './index.ts'

test('a process without place for a task leaves its entries to others', async () => {
  const app = await testModule(createNotes(), { platform: { taskConcurrency: `${count.name}=0` } })
  const redis = new Redis(app.urls.redis)
  await app.client.writeNote({ text: 'a note' }, userCall())
  await vi.waitFor(async () => expect(await redis.keys(`*:${count.name}:wait`)).toHaveLength(1))
  redis.disconnect()
  expect(await app.sql(`SELECT starts FROM outbox_entry WHERE name = $1`, [count.name])).toEqual([
    { starts: 0 },
  ])
  await app.sql('DELETE FROM outbox_entry')
  await app.close()
})

test('a task that no module of the process has is refused at start, by name', async () => {
  await expect(
    testModule(createNotes(), { platform: { taskConcurrency: 'notes.count-wrds=1' } }),
  ).rejects.toThrow(
    'CENOPIE_TASK_CONCURRENCY: notes.count-wrds is none of notes.count-words, notes.schedules',
  )
})

test('tasks that take every connection they get leave some to requests', async () => {
  const open = Promise.withResolvers<void>()
  let holding = 0
  const work = (): Promise<void> =>
    app.platform.database('notes').transaction(async () => {
      holding += 1
      await open.promise
    })
  const app = await testModule(createNotes({ work }), {
    platform: { databasePool: 6, taskConcurrency: `${count.name}=20` },
  })
  const notes = await Promise.all(
    Array.from({ length: 20 }, () => app.client.writeNote({ text: 'a note' }, userCall())),
  )
  await vi.waitFor(async () => {
    const running = await app.sql('SELECT 1 FROM outbox_entry WHERE lease_until > now()')
    expect(running).toHaveLength(20)
  })
  const read = await Promise.all(
    notes.map(({ id }) => app.http({ method: 'GET', url: `/api/v1/notes/${id}` })),
  )
  expect(read.map(({ status }) => status)).toEqual(notes.map(() => 200))
  expect(holding).toBe(3)
  open.resolve()
  await app.idle()
  await app.close()
})
