import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newcomer } from '@cenopie/e2e'
import { startApi } from '../harness/api.ts'
import { bareServer } from '../harness/bare-server.ts'
import type { BenchCase } from '../harness/case.ts'
import { nothing, send, uploadNothing } from '../harness/uploads.ts'

const megabytes = 512

export default {
  about: `${megabytes} MB uploaded over tus, against piping them to the same disk through bare node:http`,
  unit: 'MB/s',
  better: 'more',
  target: 0.8,
  async prepare(servers) {
    const folder = await mkdtemp(join(tmpdir(), 'cenopie-bench-'))
    const api = await startApi(servers, 'cenopie', { CENOPIE_MEDIA_FOLDER: join(folder, 'media') })
    const file = join(folder, 'bare')
    const bare = await bareServer('tools/bench/programs/bare-upload.ts', '', { UPLOAD_FILE: file })
    const person = await newcomer(api.stage, 'Ulla Uploader')
    return {
      ours: async () => (megabytes * 1000) / (await uploadNothing(api, person, megabytes)),
      async baseline() {
        const started = performance.now()
        assert.equal(await send(bare.url, 'PUT', nothing(megabytes)), 204)
        const taken = performance.now() - started
        await rm(file)
        return (megabytes * 1000) / taken
      },
      async close() {
        await Promise.all([api.stop(), bare.stop()])
        await rm(folder, { recursive: true })
      },
    }
  },
} satisfies BenchCase
