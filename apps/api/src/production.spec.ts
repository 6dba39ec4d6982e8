import { join } from 'node:path'
import { tryBuilt } from '@cenopie/platform-testing/built-app'
import { expect, it } from 'vitest'
import { internalSecret, makePicture } from './made-picture.fixture.ts'

const built = join(import.meta.dirname, '../../../dist/apps/api')

/** What pages load, bundled where it was built. */
const assets = ['recorder.js', 'recorder.css'].map((name) => `/api/v1/interviews/pages/assets/any/${name}`)

it('runs from the built folder with production dependencies alone', { timeout: 180_000 }, async () => {
  const settings = { CENOPIE_INTERNAL_SECRET: internalSecret }
  expect(await tryBuilt(built, settings, assets, makePicture)).toMatchObject({
    installed: { code: 0 },
    early: { code: 1, output: expect.stringContaining('node migrate.js') },
    migrated: { code: 0 },
    answered: { status: 'ok' },
    answers: ['200 text/javascript; charset=utf-8', '200 text/css; charset=utf-8'],
    used: { status: 'ready', mediaType: 'image/gif' },
    stopped: { code: 0 },
  })
})
