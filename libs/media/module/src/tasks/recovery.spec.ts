import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileFailed, fileReady } from '@cenopie/media-contract'
import { callBy, userActor, userCall } from '@cenopie/platform-testing'
import { descendantsOf } from '@cenopie/platform-testing/processes'
import { expect, test } from 'vitest'
import { openScene, photograph, processed, recording, uploadOwn } from '../testing/scene.ts'
import { s3Server } from '../testing/s3-server.ts'

test('without ffmpeg the module starts, takes pictures, and says of a recording that it cannot be processed', async () => {
  const app = await openScene({ ffmpeg: 'no-such-program' })
  const actor = userActor()
  const picture = await uploadOwn(app, callBy(actor), 'avatar', await photograph(64, 64))
  expect(await processed(app, callBy(actor), picture)).toMatchObject({ status: 'ready' })
  const fileId = await uploadOwn(app, callBy(actor), 'recording', await recording(1))
  const file = await processed(app, callBy(actor), fileId)
  expect(file.status).toBe('failed')
  expect(file.steps.at(-1)?.failure).toMatchObject({ code: 'video-unavailable', retryable: true })
  // It is kept, so that it can be tried again where ffmpeg is.
  expect(await app.client.retryFile({ fileId }, callBy(actor))).toMatchObject({ status: 'processing' })
  await app.close()
}, 60_000)

test('a step that fails for good fails the file; tried again, only that step is done', async () => {
  const app = await openScene()
  const call = userCall()
  // The store takes nothing below files/: the folder is a file.
  await mkdir(`${app.folder}/objects`, { recursive: true })
  await writeFile(`${app.folder}/objects/files`, '')
  const fileId = await uploadOwn(app, call, 'avatar', await photograph(64, 64))
  const failed = await processed(app, call, fileId)
  expect(failed.status).toBe('failed')
  expect(failed.steps.find(({ name }) => name === 'images')?.failure).toEqual({
    code: 'processing-failed',
    reason: 'The file could not be processed just now.',
    retryable: true,
  })
  expect(await app.published(fileFailed)).toHaveLength(1)
  await rm(`${app.folder}/objects/files`)
  // As a worker leaves it that is killed.
  await mkdir(`${app.folder}/work/${fileId}-images-killed`)
  await writeFile(`${app.folder}/work/${fileId}-images-killed/source`, 'half')
  await app.client.retryFile({ fileId }, callBy(call.actor))
  const ready = await processed(app, call, fileId)
  expect(ready.status).toBe('ready')
  expect((await app.published(fileReady)).map(({ entity }) => entity)).toEqual([
    { id: fileId, version: expect.any(Number) },
  ])
  expect(await readdir(`${app.folder}/work`)).toEqual([])
  await app.close()
})

test('killed in every step, ffmpeg is run again, and there is one result', async () => {
  const app = await openScene({ attempts: 20 })
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'recording', await recording(3))
  const killed = new Set<string>()
  const running = `SELECT name FROM step WHERE file_id = $1 AND status = 'running'`
  for (let left = true; left;) {
    for (const { name } of await app.sql<{ name: string }>(running, [fileId]))
      if (!killed.has(name) && (await killTools())) killed.add(name)
    left = (await app.sql(`SELECT 1 FROM file WHERE id = $1 AND status = 'processing'`, [fileId])).length > 0
  }
  expect(killed.size).toBeGreaterThan(0)
  const file = await processed(app, call, fileId)
  expect(file.status).toBe('ready')
  expect(file.renditions.map(({ name }) => name).sort()).toEqual(
    ['main.m3u8', 'poster.jpg', 'speech.wav', 'video.mp4', 'waveform.json'].sort(),
  )
  expect(await app.published(fileReady)).toHaveLength(1)
  await app.close()
}, 90_000)

/** Kills the ffmpeg that this process runs, if it runs any. */
async function killTools(): Promise<boolean> {
  let found = false
  for (const pid of await descendantsOf(process.pid)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (!/(^|\/|\0)ff(mpeg|probe)\0/.test(command)) continue
    try {
      process.kill(pid, 'SIGKILL')
      found = true
    } catch {
      // It ended by itself.
    }
  }
  return found
}

test('a task that comes again after its step was done changes nothing', async () => {
  const app = await openScene()
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'avatar', await photograph(64, 64))
  const before = await processed(app, call, fileId)
  for (const name of ['store-file', 'inspect-file', 'make-images'])
    await app.sql(
      `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, pending)
       VALUES (gen_random_uuid(), 'task', $1, 1, $2::jsonb,
         '{"actor":{"kind":"service","name":"media"},"requestId":"r","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}', '{task}')`,
      [`media.${name}`, JSON.stringify({ fileId })],
    )
  expect(await processed(app, call, fileId)).toEqual(before)
  expect(await app.published(fileReady)).toHaveLength(1)
  await app.close()
})

test('all of it works the same in a store that speaks S3', async () => {
  const folder = await mkdtemp(`${tmpdir()}/s3-`)
  const { options, close } = await s3Server(folder)
  const app = await openScene({
    ...{ store: 's3', s3Bucket: options.bucket, s3Endpoint: options.endpoint ?? '' },
    ...{ s3AccessKeyId: 'S3RVER', s3SecretAccessKey: 'S3RVER' },
  })
  const actor = userActor()
  const ids = [
    await uploadOwn(app, callBy(actor), 'recording', await recording(1)),
    await uploadOwn(app, callBy(actor), 'avatar', await photograph(64, 64)),
  ]
  for (const fileId of ids) {
    const file = await processed(app, callBy(actor), fileId)
    expect(file.status).toBe('ready')
    const { url } = file.renditions[0] ?? { url: '' }
    const answer = await fetch(new URL(new URL(url).pathname, app.platform.url), {
      headers: { range: 'bytes=0-9' },
    })
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([206, 10])
    await app.client.deleteFile({ fileId }, callBy(actor))
  }
  expect(
    (await readdir(`${folder}/s3/media`, { recursive: true })).filter((name) => name.endsWith('_object')),
  ).toEqual([])
  await app.close()
  await close()
  await rm(folder, { recursive: true })
}, 90_000)
