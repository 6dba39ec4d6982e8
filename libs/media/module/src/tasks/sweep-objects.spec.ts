import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobKey } from '../data/blobs.ts'
import { openScene, processed, runSchedule, uploadOwn, type Scene } from '../testing/scene.ts'
import { worksOf } from '../testing/works.ts'
import { madePrefix } from './step-context.ts'
import { sweepBlobs } from './sweep-objects.ts'

let app: Scene
beforeAll(async () => {
  app = await openScene()
})
afterAll(() => app.close())

test('of a folder of blobs those that no file has are removed', async () => {
  const works = worksOf(app)
  const call = userCall()
  const kept = Buffer.from('A file has it.')
  const { sha256 = '' } = await processed(app, call, await uploadOwn(app, call, 'attachment', kept))
  const folder = sha256.slice(0, 2)
  const lost = blobKey(folder + createHash('sha256').update('Nobody has it.').digest('hex').slice(2))
  await works.store.write(lost, Readable.from(['Nobody has it.']))
  await sweepBlobs(works, folder, new AbortController().signal)
  expect(await works.store.stat(lost)).toBeUndefined()
  expect(await works.store.stat(blobKey(sha256))).toMatchObject({ bytes: kept.length })
  expect(await app.sql('SELECT sha256, "references" FROM blob')).toEqual([{ sha256, references: 1 }])
})

test('what was written after an erasure is removed once no step can run any more', async () => {
  const { store } = worksOf(app)
  const erased = { hours: 4, fileId: '0199f0a0-0000-7000-8000-00000000dead' }
  const lately = { hours: 1, fileId: '0199f0a0-0000-7000-8000-00000000beef' }
  for (const { fileId, hours } of [erased, lately]) {
    await app.sql(`INSERT INTO erased_file VALUES ($1, now() - $2 * interval '1 hour')`, [fileId, hours])
    await store.write(`${madePrefix(fileId)}main.m3u8`, Readable.from(['#EXTM3U']))
  }
  await runSchedule(app, 'sweep-objects')
  const left = [erased, lately].map(({ fileId }) => store.stat(`${madePrefix(fileId)}main.m3u8`))
  expect(await Promise.all(left)).toEqual([undefined, expect.anything()])
})
