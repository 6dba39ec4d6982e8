import { randomUUID } from 'node:crypto'
import type { Client } from '@cenopie/platform-contract'
import { connect, internalTokens, rehearsalOf } from '@cenopie/platform-runtime'
import type { Call } from '@cenopie/platform-runtime'
import { Queue } from 'bullmq'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { count, createNotes, notesContract } from './fixture/notes.ts'
import { serviceCall, testModule, userCall } from './index.ts'
import type { TestModule } from './index.ts'

const tokens = internalTokens('cenopie-development', 'other')
const echoed = vi.fn<(call: Call) => Promise<unknown>>()
const written = vi.fn<() => Promise<void>>()
let app: TestModule<typeof notesContract>

beforeAll(async () => {
  app = await testModule(createNotes({ echo: echoed, written }), { platform: { rehearsal: 'duplicate' } })
})
beforeEach(() => {
  echoed.mockReset()
  written.mockReset()
})
afterAll(() => app.close())

type Notes = Client<typeof notesContract>
const call = () => serviceCall('other')
const bindings: [string, (mode: string, process?: string) => Notes][] = [
  [
    'in the same process',
    (mode, process = 'test') => rehearsalOf(mode, process)!.client(notesContract, app.client),
  ],
  [
    'over HTTP',
    (mode, process = 'test') =>
      connect(notesContract, app.platform.url, tokens, { rehearsal: rehearsalOf(mode, process) }),
  ],
]

describe.each(bindings)('a call %s', (name, client) => {
  test('is carried out twice where it may be, and the second answer counts', async () => {
    const duplicated = client('duplicate')
    const answer = (word: string) => Promise.resolve({ word, exact: false })
    echoed.mockImplementationOnce(() => answer('first')).mockImplementationOnce(() => answer('second'))
    expect(await duplicated.echo({ word: 'a' }, call())).toMatchObject({ word: 'second' })
    await duplicated.writeNote({ text: 'a' }, userCall())
    expect(written).toHaveBeenCalledOnce()
  })

  test('fails before or after it was carried out, by its seed', async () => {
    const course = async (mode: string, process?: string) => {
      const unreliable = client(mode, process)
      const steps: string[] = []
      for (let number = 0; number < 20; number += 1) {
        const outcome = await unreliable.writeNote({ text: 'a' }, userCall()).catch((error: unknown) => error)
        const done = written.mock.calls.length
        written.mockClear()
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'unavailable' })
        steps.push(`${outcome instanceof Error ? 'failed' : 'fine'} ${done}`)
      }
      return steps
    }
    const steps = await course('faults:one:0.4')
    expect(new Set(steps)).toEqual(
      // What was never sent is sent again between services, so only a failure after the fact gets through there.
      new Set(['fine 1', 'failed 1', ...(name === 'over HTTP' ? [] : ['failed 0'])]),
    )
    expect(await course('faults:one:0.4')).toEqual(steps)
    expect(await course('faults:two:0.4')).not.toEqual(steps)
    expect(await course('faults:one:0.4', 'elsewhere')).not.toEqual(steps)
    expect(await course('faults:one:0')).toEqual(Array(20).fill('fine 1'))
  })
})

test('every entry is handed over twice, and has one effect', async () => {
  const note = await app.client.writeNote({ text: randomUUID() }, userCall())
  await app.idle()
  const stars = await app.sql<{ stars: number }>('SELECT stars FROM note WHERE id = $1', [note.id])
  expect(stars).toEqual([{ stars: 100 }])
  const [key] = await app.platform.redis.producer.keys(`*:${count.name}:meta`)
  const queue = new Queue(count.name, {
    connection: app.platform.redis.producer,
    prefix: key!.slice(0, -`:${count.name}:meta`.length),
  })
  await vi.waitFor(async () => {
    const jobs = await queue.getJobs(['completed', 'delayed', 'waiting', 'active'])
    const ids = jobs.map(({ id }) => id)
    expect(ids.filter((id) => ids.includes(`${id}.2`))).not.toEqual([])
  })
  await queue.close()
})
