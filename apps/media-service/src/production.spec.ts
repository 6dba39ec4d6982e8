import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { internalTokens } from '@cenopie/platform-runtime'
import { tryBuilt } from '@cenopie/platform-testing/built-app'
import { expect, it } from 'vitest'

const built = join(import.meta.dirname, '../../../dist/apps/media-service')
const internalSecret = 'a secret of services for this test'
const settings = {
  CENOPIE_INTERNAL_SECRET: internalSecret,
  /** Nobody is there: the service lives without. */
  CENOPIE_USERS_URL: 'http://127.0.0.1:9',
}

/** A GIF of one pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** Uploads a picture for a module, and waits for what becomes of it: that takes a process of its own. */
async function makePicture(url: string): Promise<unknown> {
  const tokens = internalTokens(internalSecret, 'jobs')
  const ask = async (path: string, body: object) => {
    const token = tokens.sign('media', { kind: 'service', name: 'jobs' })
    const headers = { 'content-type': 'application/json', 'x-cenopie-internal': token }
    return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const { fileId, ticket } = (await ask('/internal/v1/media/uploads/tickets', {
    ...{ owner: { module: 'jobs', kind: 'company', id: '1' }, purpose: 'logo' },
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  })) as { fileId: string; ticket: string }
  await fetch(`${url}/api/v1/media/uploads`, {
    method: 'POST',
    headers: {
      ...{ 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' },
      'upload-length': `${pixel.length}`,
      'upload-metadata': `ticket ${Buffer.from(ticket).toString('base64')}`,
    },
    body: pixel,
  })
  for (;;) {
    const { files } = (await ask('/internal/v1/media/files/facts', { fileIds: [fileId] })) as {
      files: { status: string }[]
    }
    if (files[0]?.status !== 'processing') return files[0]
    await pause(50)
  }
}

it('runs from the built folder with production dependencies alone', { timeout: 180_000 }, async () => {
  expect(await tryBuilt(built, settings, [], makePicture)).toMatchObject({
    installed: { code: 0 },
    early: { code: 1, output: expect.stringContaining('node migrate.js') },
    migrated: { code: 0 },
    answered: { status: 'ok' },
    used: { status: 'ready', mediaType: 'image/gif' },
    stopped: { code: 0 },
  })
})
