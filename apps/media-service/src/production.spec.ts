import { join } from 'node:path'
import { tryBuilt } from '@cenopie/platform-testing/built-app'
import { expect, it } from 'vitest'

const built = join(import.meta.dirname, '../../../dist/apps/media-service')
/** Nobody is there: the service lives without. */
const neighbours = { CENOPIE_USERS_URL: 'http://127.0.0.1:9' }

it('runs from the built folder with production dependencies alone', { timeout: 180_000 }, async () => {
  expect(await tryBuilt(built, neighbours)).toMatchObject({
    installed: { code: 0 },
    early: { code: 1, output: expect.stringContaining('node migrate.js') },
    migrated: { code: 0 },
    answered: { status: 'ok' },
    stopped: { code: 0 },
  })
})
