import { setTimeout as pause } from 'node:timers/promises'
import { internalTokens } from '@cenopie/platform-runtime'

export const internalSecret = 'a secret of services for this test'

/** A GIF of one pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** Uploads a picture for a module, and waits for what becomes of it: that takes a process of its own. */
export async function makePicture(url: string): Promise<unknown> {
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
