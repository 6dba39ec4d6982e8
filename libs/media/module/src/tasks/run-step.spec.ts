import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileFailed, type Failure, type StepName } from '@cenopie/media-contract'
import { newId } from '@cenopie/platform-database'
import type { TaskRun } from '@cenopie/platform-outbox'
import { serviceCall } from '@cenopie/platform-testing'
import { createLogger } from '@cenopie/platform-telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StepError } from '../domain/step-error.ts'
import { openScene, type Scene } from '../testing/scene.ts'
import { worksOf } from '../testing/works.ts'
import { inspectFile } from './inspect-file.ts'
import { stepHandler } from './run-step.ts'
import { madePrefix, type StepWork, type Works } from './step-context.ts'
import { storeFile } from './store-file.ts'

let app: Scene
let works: Works
beforeAll(async () => {
  app = await openScene()
  works = worksOf(app)
})
afterAll(() => app.close())

type Ended = Record<string, Failure | 'waiting' | 'running' | 'done'>

/** A recording at work, whose steps stand like this. */
async function recordingWith(steps: Ended): Promise<string> {
  const fileId = newId()
  await app.sql(
    `INSERT INTO file (id, status, purpose, owner_module, owner_kind, owner_id, account, filename, alt, bytes, media_type)
     VALUES ($1, 'processing', 'recording', 'interviews', 'answer', '1', 'owner:x', 'x', '', 1, 'video/webm')`,
    [fileId],
  )
  for (const [name, state] of Object.entries(steps)) {
    const [status, failure] = typeof state === 'string' ? [state, null] : ['failed', JSON.stringify(state)]
    await app.sql('INSERT INTO step (file_id, name, status, failure) VALUES ($1, $2, $3, $4)', [
      ...[fileId, name, status, failure],
    ])
  }
  return fileId
}

/** One try of a step that does `work`. */
async function tryStep(fileId: string, step: StepName, work: StepWork, given: Partial<TaskRun> = {}) {
  const run: TaskRun = {
    ...{ id: newId(), attempt: 1, last: false, call: serviceCall('media'), done: async () => {} },
    ...{ log: createLogger({ service: 'test', level: 'silent' }), signal: new AbortController().signal },
    ...given,
  }
  await stepHandler(works, step, work, { attempts: 2, backoffSeconds: 0 }).run({ fileId }, run)
}

const stands = async (fileId: string) => {
  const [file] = await app.sql<{ status: string; version: number }>(
    'SELECT status, version FROM file WHERE id = $1',
    [fileId],
  )
  return file
}
const failureOf = async (fileId: string, step: StepName) =>
  (
    await app.sql<{ failure: Failure }>('SELECT failure FROM step WHERE file_id = $1 AND name = $2', [
      fileId,
      step,
    ])
  )[0]?.failure

/** Everything in the store that was made of a file. */
async function objectsOf(fileId: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of works.store.list(madePrefix(fileId))) keys.push(key)
  return keys
}
const makeObject = (fileId: string, name: string) =>
  works.store.write(`${madePrefix(fileId)}${name}`, Readable.from(['personal']))
const erase = (fileId: string) => app.client.eraseFiles({ fileIds: [fileId] }, serviceCall('interviews'))

const damaged: Failure = { code: 'damaged', reason: 'The recording is damaged.', retryable: false }
const before: Ended = { store: 'done', inspect: 'done', transcode: 'done', stream: 'done' }

test('a step that succeeds beside one that never will ends the file as failed', async () => {
  const fileId = await recordingWith({ ...before, speech: damaged, poster: 'waiting' })
  await tryStep(fileId, 'poster', async () => ({}))
  expect(await stands(fileId)).toMatchObject({ status: 'failed' })
  const told = (await app.published(fileFailed)).filter(({ entity }) => entity.id === fileId)
  expect(told).toMatchObject([{ payload: { code: 'damaged', reason: damaged.reason } }])
})

test('as long as a step is under way the file is not ended', async () => {
  const fileId = await recordingWith({ ...before, speech: damaged, stream: 'running', poster: 'waiting' })
  await tryStep(fileId, 'poster', async () => ({}))
  expect(await stands(fileId)).toMatchObject({ status: 'processing' })
})

test('what a step fails for at last is told, and not what it was tried again for', async () => {
  const fileId = await recordingWith({ ...before, poster: 'waiting' })
  const slow = tryStep(fileId, 'poster', () => Promise.reject(new Error('it took too long')))
  await expect(slow).rejects.toThrow('it took too long')
  expect(await failureOf(fileId, 'poster')).toMatchObject({ retryable: true })
  await tryStep(fileId, 'poster', () => Promise.reject(new StepError('damaged', damaged.reason)))
  expect(await failureOf(fileId, 'poster')).toEqual(damaged)
})

test.each(['fails', 'succeeds'])(
  'what a step writes during an erasure is gone when it %s',
  async (ending) => {
    const fileId = await recordingWith({ ...before, stream: 'waiting' })
    await tryStep(fileId, 'stream', async () => {
      await makeObject(fileId, 'main.m3u8')
      expect(await erase(fileId)).toMatchObject({ removed: { files: 1, objects: 1 } })
      await makeObject(fileId, '240p-0000.m4s')
      if (ending === 'fails') throw new Error('the rest of its folder is gone')
      return {}
    })
    expect(await objectsOf(fileId)).toEqual([])
  },
)

test('what a killed step wrote after the erasure of its file is gone when the task comes again', async () => {
  const fileId = await recordingWith({ ...before, stream: 'running' })
  await erase(fileId)
  await makeObject(fileId, '240p-0000.m4s')
  await tryStep(fileId, 'stream', () => expect.fail('there is nothing to do'))
  expect(await objectsOf(fileId)).toEqual([])
})

test('a step that is at work is stopped by the erasure of its file', async () => {
  const fileId = await recordingWith({ ...before, stream: 'waiting' })
  await tryStep(fileId, 'stream', async (_works, _file, { signal, onProgress }) => {
    await erase(fileId)
    for (let percent = 1; !signal.aborted; percent += 1) {
      onProgress(percent)
      await pause(10)
    }
    throw signal.reason
  })
  expect(await objectsOf(fileId)).toEqual([])
})

test('a step that failed for good begins again with its file, and ends both', async () => {
  const fileId = await recordingWith({ ...before, poster: { ...damaged, retryable: true } })
  await app.sql(`UPDATE file SET status = 'failed' WHERE id = $1`, [fileId])
  await tryStep(fileId, 'poster', async () => {
    expect(await stands(fileId)).toEqual({ status: 'processing', version: 2 })
    return {}
  })
  expect(await stands(fileId)).toEqual({ status: 'ready', version: 3 })
})

test('bytes that are not as many as the upload declared are not stored', async () => {
  const fileId = await recordingWith({ store: 'waiting', inspect: 'waiting' })
  await app.sql(
    `INSERT INTO upload (id, file_id, bytes, expires_at, completed_at) VALUES ('u', $1, 1, now(), now())`,
    [fileId],
  )
  await works.staging.create('u')
  await writeFile(works.staging.path('u'), 'two')
  await expect(tryStep(fileId, 'store', storeFile)).rejects.toThrow('3 of 1 bytes')
  expect(await works.staging.size('u')).toBe(3)
})

test('without ffmpeg a recording is not even looked for', async () => {
  const fileId = await recordingWith({ store: 'done', inspect: 'waiting' })
  await expect(tryStep(fileId, 'inspect', inspectFile)).rejects.toMatchObject({ code: 'video-unavailable' })
  expect(await failureOf(fileId, 'inspect')).toMatchObject({ code: 'video-unavailable', retryable: true })
})
