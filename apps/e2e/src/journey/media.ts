import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mediaContract } from '@cenopie/media-contract'
import { httpClient } from '../client/client.ts'
import { eventually } from '../client/eventually.ts'
import { uploadWithBreak } from '../client/upload.ts'
import { newcomer } from './person.ts'
import type { Stage } from './stage.ts'

/** The smallest picture there is to speak of: 1 × 1 pixel, PNG. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Somebody uploads a picture, looks at what was made of it, and deletes it. */
export async function media(stage: Stage): Promise<void> {
  const { step, url } = stage
  const { media } = (await newcomer(stage, 'Petra Photographer')).api
  const stranger = (await newcomer(stage, 'Stan Stranger')).api.media

  const fileId = await step('A picture is uploaded in pieces, over a connection that breaks', async () => {
    const wish = { purpose: 'post-image', filename: 'view.png', bytes: picture.length } as const
    const ticket = await media.requestUpload(wish)
    assert.equal(await uploadWithBreak(url, ticket, picture), 1)
    return ticket.fileId
  })

  const file = await step('… is looked at and made fit to be shown', () =>
    eventually('the picture to be ready', async () => {
      const file = await media.viewFile({ fileId })
      assert.notEqual(file.status, 'failed', JSON.stringify(file.steps))
      return file.status === 'ready' && file
    }),
  )
  await step('… and shown at an address that needs no token', async () => {
    assert.equal(file.sha256, createHash('sha256').update(picture).digest('hex'))
    const [rendition] = file.renditions
    const [grant = '', id = '', name = ''] = (rendition?.url ?? '').split('/').slice(-3)
    const shown = await httpClient(mediaContract, stage).readFile({ grant, fileId: id, name })
    assert.deepEqual(shown, { bytes: rendition?.bytes })
  })
  await step('Its owner describes it, finds it, and sees how much room it takes', async () => {
    assert.equal((await media.describeFile({ fileId, alt: 'A single point' })).alt, 'A single point')
    assert.deepEqual(
      (await media.listFiles({})).items.map(({ id }) => id),
      [fileId],
    )
    assert.equal((await media.viewUsage({})).bytes, picture.length)
    assert.equal((await media.retryFile({ fileId })).status, 'ready')
    assert.deepEqual((await stranger.listFiles({})).items, [])
  })
  await step('It is deleted, and its address leads nowhere', async () => {
    await media.deleteFile({ fileId })
    assert.equal((await media.viewUsage({})).files, 0)
    const gone = await fetch(`${url}${new URL(file.renditions[0]?.url ?? '').pathname}`)
    assert.equal(gone.status, 404)
  })
}
