import { fileReady, type Purpose } from '@cenopie/media-contract'
import { listDeadLetters, replay } from '@cenopie/platform-outbox'
import { serviceCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene, recording, refuseToStore, send, type Scene } from '../testing/scene.ts'

let app: Scene
beforeAll(async () => {
  app = await openScene({ ffmpeg: 'no-such-program' })
})
afterAll(() => app.close())

const interviews = () => serviceCall('interviews')

/** What a candidate without an account uploaded: there is no user who could ask for another try. */
async function upload(purpose: Purpose, bytes: Buffer): Promise<string> {
  const ticket = await app.client.grantUpload(
    {
      ...{ owner: { module: 'interviews', kind: 'answer', id: '1' }, purpose },
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    },
    interviews(),
  )
  await send(app, ticket, bytes)
  return ticket.fileId
}

async function ended(fileId: string) {
  do await app.idle()
  while ((await app.sql(`SELECT 1 FROM file WHERE id = $1 AND status = 'processing'`, [fileId])).length > 0)
  return (await app.client.getFiles({ fileIds: [fileId] }, interviews())).files[0]
}

const deadLetters = () => listDeadLetters(app.platform.database('media'))

async function replayAll(): Promise<void> {
  for (const { id, consumer } of await deadLetters())
    await replay(app.platform.database('media'), id, consumer)
}

test('a recording that cannot be processed here waits for an operator, who tries it again', async () => {
  const fileId = await upload('recording', await recording(1))
  const failed = { status: 'failed', failure: { code: 'video-unavailable', retryable: true } }
  expect(await ended(fileId)).toMatchObject(failed)
  expect(await deadLetters()).toMatchObject([{ name: 'media.inspect-file' }])
  await replayAll()
  expect(await ended(fileId)).toMatchObject(failed)
  expect(await deadLetters()).toMatchObject([{ name: 'media.inspect-file' }])
})

test('a file whose dead letter is replayed once that can help goes on', async () => {
  const bytes = Buffer.from('%PDF-1.7\n')
  const allow = await refuseToStore(app, bytes)
  const fileId = await upload('attachment', bytes)
  expect(await ended(fileId)).toMatchObject({ status: 'failed' })
  await allow()
  await replayAll()
  expect(await ended(fileId)).toMatchObject({ status: 'ready' })
  expect((await app.published(fileReady)).filter(({ entity }) => entity.id === fileId)).toHaveLength(1)
})
