import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileErased, fileReady } from '@cenopie/media-contract'
import { callBy, serviceCall, userActor, userCall } from '@cenopie/platform-testing'
import { profileErased } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beginUpload,
  openScene,
  photograph,
  processed,
  refuseToStore,
  runSchedule,
  send,
  uploadOwn,
  type Scene,
} from './testing/scene.ts'
import { eraser } from './operations/erase.ts'
import { sweep } from './tasks/sweep.ts'
import { worksOf } from './testing/works.ts'

let app: Scene
beforeAll(async () => {
  app = await openScene({ sweepSeconds: 86_400 })
})
afterAll(() => app.close())

const social = () => serviceCall('social')
const post = (id: string) => ({ module: 'social', kind: 'post', id })
const text = (words: string) => Buffer.from(words)
const unknownId = '0199f0a0-0000-7000-8000-00000000dead'

/** Every object in the store and every staged byte, once no step works. */
async function onDisk(): Promise<string[]> {
  await app.idle()
  const entries = await readdir(app.folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}

const tus = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' }

const exists = async (fileId: string) =>
  (await app.client.getFiles({ fileIds: [fileId] }, social())).files[0]?.status !== 'erased'

test('the same bytes are kept once, as long as one file has them', async () => {
  const [one, two] = [userCall(), userCall()]
  const bytes = text('The same words twice.')
  const [first, second] = [
    await uploadOwn(app, one, 'attachment', bytes),
    await uploadOwn(app, two, 'attachment', bytes),
  ]
  const { sha256 = '' } = await processed(app, one, first)
  expect((await processed(app, two, second)).sha256).toBe(sha256)
  const copies = async () => (await onDisk()).filter((path) => path.endsWith(sha256)).length
  expect(await copies()).toBe(1)
  const receipt = await app.client.eraseFiles({ fileIds: [first] }, social())
  expect(receipt).toMatchObject({ fileIds: [first], shared: 1, removed: { files: 1, objects: 0, bytes: 0 } })
  expect(await copies()).toBe(1)
  const last = await app.client.eraseFiles({ fileIds: [second] }, social())
  expect(last).toMatchObject({ shared: 0, removed: { files: 1, objects: 1, bytes: bytes.length } })
  expect(await copies()).toBe(0)
})

test('an erasure takes objects and rows, says so once, and is a no-op the second time', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'avatar', await photograph())
  const { renditions } = await processed(app, call, fileId)
  const before = await onDisk()
  const receipt = await app.client.eraseFiles({ fileIds: [fileId] }, social())
  expect(receipt.removed).toMatchObject({
    files: 1,
    renditions: renditions.length,
    objects: renditions.length + 1,
  })
  expect(before.length - (await onDisk()).length).toBe(renditions.length + 1)
  expect((await onDisk()).filter((path) => path.includes(fileId))).toEqual([])
  for (const table of ['file', 'upload', 'step', 'rendition', 'keeping'])
    expect(
      await app.sql(`SELECT * FROM ${table} WHERE ${table === 'file' ? 'id' : 'file_id'} = $1`, [fileId]),
    ).toEqual([])
  const again = await app.client.eraseFiles({ fileIds: [fileId, unknownId] }, social())
  expect(again).toMatchObject({ fileIds: [], removed: { files: 0, objects: 0 } })
  const told = (await app.published(fileErased)).filter(({ entity }) => entity.id === fileId)
  expect(told).toMatchObject([{ payload: { removed: { objects: renditions.length + 1 } } }])
  expect((await app.client.getFiles({ fileIds: [fileId] }, social())).files).toMatchObject([
    { status: 'erased' },
  ])
})

test('what a killed worker left of a file goes with it, or with the sweep', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'attachment', text('Worked on.'))
  await processed(app, call, fileId)
  const left = async (name: string, hoursAgo: number) => {
    const folder = join(app.folder, 'work', name)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'video.mp4.partial'), 'half a film')
    const then = new Date(Date.now() - hoursAgo * 3600_000)
    await utimes(folder, then, then)
  }
  await left(`${fileId}-transcode-a`, 0)
  await app.client.eraseFiles({ fileIds: [fileId] }, social())
  expect(await readdir(join(app.folder, 'work'))).toEqual([])
  await left(`${unknownId}-transcode-b`, 2)
  await left(`${unknownId}-transcode-c`, 4)
  await runSchedule(app, 'sweep')
  // A step may take two hours: it may still be at work in the first.
  expect(await readdir(join(app.folder, 'work'))).toEqual([`${unknownId}-transcode-b`])
})

test('an erasure that was interrupted is finished by the sweep', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'attachment', text('Half erased.'))
  await processed(app, call, fileId)
  await app.sql(`UPDATE file SET status = 'erasing' WHERE id = $1`, [fileId])
  await expect(app.client.viewFile({ fileId }, callBy(call.actor))).rejects.toMatchObject({
    code: 'not-found',
  })
  await runSchedule(app, 'sweep')
  expect(await exists(fileId)).toBe(false)
})

test('what nothing keeps is swept after a day; what something keeps, or kept a moment ago, is not', async () => {
  const call = userCall()
  const [orphan, kept, released] = [
    await uploadOwn(app, call, 'attachment', text('orphan')),
    await uploadOwn(app, call, 'attachment', text('kept')),
    await uploadOwn(app, call, 'attachment', text('released')),
  ]
  await app.idle()
  await app.client.keepFiles({ owner: post('1'), fileIds: [kept, released] }, social())
  await app.client.keepFiles({ owner: post('2'), fileIds: [kept] }, social())
  await app.client.releaseFiles({ owner: post('1') }, social())
  await app.sql(`UPDATE file SET unkept_since = now() - interval '25 hours' WHERE id = $1`, [orphan])
  await runSchedule(app, 'sweep')
  expect([await exists(orphan), await exists(kept), await exists(released)]).toEqual([false, true, true])
  await app.sql(`UPDATE file SET unkept_since = unkept_since - interval '25 hours'`)
  await runSchedule(app, 'sweep')
  expect([await exists(kept), await exists(released)]).toEqual([true, false])
})

test('files of somebody else cannot be kept in one’s name, and then none is', async () => {
  const [mine, theirs] = [userCall(), userCall()]
  const [own, foreign] = [
    await uploadOwn(app, mine, 'attachment', text('mine')),
    await uploadOwn(app, theirs, 'attachment', text('theirs')),
  ]
  const keep = { owner: post('3'), fileIds: [own, foreign], uploadedBy: mine.actor.id }
  await expect(app.client.keepFiles(keep, social())).rejects.toMatchObject({ code: 'media.files-missing' })
  expect(await app.sql('SELECT * FROM keeping WHERE owner_id = $1', ['3'])).toEqual([])
})

test('erasing an owner takes what was uploaded for it and what it alone keeps', async () => {
  const call = userCall()
  const owner = post('4')
  const ticket = await app.client.grantUpload(
    { owner, purpose: 'attachment', expiresAt: new Date(Date.now() + 60_000).toISOString() },
    social(),
  )
  await send(app, ticket, text('for the post'))
  const [alone, shared] = [
    await uploadOwn(app, call, 'attachment', text('alone')),
    await uploadOwn(app, call, 'attachment', text('shared')),
  ]
  await app.client.keepFiles({ owner, fileIds: [alone, shared] }, social())
  await app.client.keepFiles({ owner: post('5'), fileIds: [shared] }, social())
  const receipt = await app.client.eraseFiles({ owner }, social())
  expect(receipt.fileIds.sort()).toEqual([ticket.fileId, alone].sort())
  expect(await exists(shared)).toBe(true)
  await expect(app.client.eraseFiles({}, social())).rejects.toMatchObject({ code: 'invalid-input' })
})

test('an upload that took a day may be kept for a day after it, and no file is swept while it is processed', async () => {
  const call = userCall()
  const { ticket, fileId } = await app.client.requestUpload(
    { purpose: 'attachment', filename: 'x', bytes: 10 },
    call,
  )
  const address = await beginUpload(app, ticket, 10, 'half!')
  const longAgo = (status = 'uploading') =>
    app.sql(`UPDATE file SET unkept_since = now() - interval '25 hours', status = $2 WHERE id = $1`, [
      fileId,
      status,
    ])
  await longAgo()
  await fetch(new URL(address, app.platform.url), {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '5' },
    body: 'whole',
  })
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'ready' })
  await runSchedule(app, 'sweep')
  expect(await exists(fileId)).toBe(true)
  await longAgo('processing')
  await runSchedule(app, 'sweep')
  expect(await exists(fileId)).toBe(true)
  await longAgo('ready')
  await runSchedule(app, 'sweep')
  expect(await exists(fileId)).toBe(false)
})

test('an upload that was never finished is removed when its time is over', async () => {
  const call = userCall()
  const { ticket, fileId } = await app.client.requestUpload(
    { purpose: 'attachment', filename: 'x', bytes: 10 },
    call,
  )
  const address = await beginUpload(app, ticket, 10, 'half!')
  const id = address.split('/').at(-1) ?? ''
  expect((await onDisk()).some((path) => path.endsWith(id))).toBe(true)
  await app.sql(`UPDATE upload SET expires_at = now() WHERE id = $1`, [id])
  await runSchedule(app, 'sweep')
  expect((await onDisk()).some((path) => path.endsWith(id))).toBe(false)
  expect(await exists(fileId)).toBe(false)
  expect((await app.client.viewUsage({}, callBy(call.actor))).bytes).toBe(0)
})

test('a complete upload is not forgotten before its bytes are stored, however late that is', async () => {
  const call = userCall()
  const bytes = text('Stored a day later.')
  const allow = await refuseToStore(app, bytes)
  const fileId = await uploadOwn(app, call, 'attachment', bytes)
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'failed' })
  await app.sql('UPDATE upload SET expires_at = now() WHERE file_id = $1', [fileId])
  await runSchedule(app, 'sweep')
  await allow()
  await app.client.retryFile({ fileId }, callBy(call.actor))
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'ready' })
  await runSchedule(app, 'sweep')
  expect(await app.sql('SELECT 1 FROM upload WHERE file_id = $1', [fileId])).toEqual([])
})

test('an upload whose last byte came just before a crash is taken on', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'attachment', text('Whole, and nobody knew.'))
  await processed(app, call, fileId)
  // As it was in the moment before the transaction of its completion.
  const [{ id } = { id: '' }] = await app.sql<{ id: string }>('SELECT id FROM upload WHERE file_id = $1', [
    fileId,
  ])
  await app.sql(`DELETE FROM step WHERE file_id = $1`, [fileId])
  await app.sql(`DELETE FROM rendition WHERE file_id = $1`, [fileId])
  await app.sql(`UPDATE file SET status = 'uploading', sha256 = NULL WHERE id = $1`, [fileId])
  await app.sql(`UPDATE upload SET completed_at = NULL WHERE id = $1`, [id])
  await writeFile(join(app.folder, 'uploads', id), 'Whole, and nobody knew.')
  await runSchedule(app, 'sweep')
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'ready' })
})

test('the sweep leaves an upload alone that a request has taken up meanwhile', async () => {
  const works = worksOf(app)
  for (const words of ['one', 'two']) {
    const { ticket } = await app.client.requestUpload(
      { purpose: 'attachment', filename: words, bytes: 3 },
      userCall(),
    )
    const id = (await beginUpload(app, ticket, 3)).split('/').at(-1) ?? ''
    await writeFile(works.staging.path(id), words)
  }
  // Both are whole. While it looks at the first, a request comes to the second, as it may to judge its bytes.
  const size = async (id: string) => {
    await app.sql(
      `UPDATE upload SET lock_owner = gen_random_uuid(), lock_until = now() + interval '1 hour' WHERE id > $1`,
      [id],
    )
    return works.staging.size(id)
  }
  const sweeping = { ...works, staging: { ...works.staging, size }, erase: eraser(works), orphanHours: 24 }
  await sweep(sweeping, 900).run(social(), new AbortController().signal)
  expect(
    await app.sql(
      `SELECT filename, u.lock_until IS NOT NULL AS held FROM upload u JOIN file f ON f.id = u.file_id
       WHERE completed_at IS NULL`,
    ),
  ).toEqual([{ filename: expect.any(String), held: true }])
  await app.sql('UPDATE upload SET lock_until = NULL')
})

test('pictures are made anew beside those of an older plan, which are served until then', async () => {
  const call = userCall()
  const fileId = await uploadOwn(app, call, 'avatar', await photograph(64, 64))
  const { renditions } = await processed(app, call, fileId)
  const made = join(app.folder, 'objects/files', fileId)
  const now = (await readdir(made, { recursive: true })).sort()
  // As a plan before the present one left them.
  const [version = ''] = now
  await rename(join(made, version), join(made, 'v0'))
  const old = (await readFile(join(made, 'v0/avatar-64.webp'))).reverse()
  await writeFile(join(made, 'v0/avatar-64.webp'), old)
  await app.sql(`UPDATE rendition SET object_key = replace(object_key, $2, '/v0/') WHERE file_id = $1`, [
    ...[fileId, `/${version}/`],
  ])
  await app.sql('UPDATE file SET plan_version = 0 WHERE id = $1', [fileId])
  const served = async () => {
    const { files } = await app.client.signFiles({ fileIds: [fileId], seconds: 60 }, social())
    const url = files[0]?.urls.find(({ name }) => name === 'avatar-64.webp')?.url ?? ''
    return Buffer.from(await (await fetch(new URL(new URL(url).pathname, app.platform.url))).arrayBuffer())
  }
  // There is no room for the new ones.
  await writeFile(join(made, version), '')
  await runSchedule(app, 'renew-images')
  expect(await processed(app, call, fileId)).toMatchObject({ status: 'failed' })
  expect((await served()).equals(old)).toBe(true)
  await rm(join(made, version))
  await app.client.retryFile({ fileId }, callBy(call.actor))
  const again = await processed(app, call, fileId)
  const names = (of: typeof renditions) => of.map((one) => one.name).sort()
  expect([again.status, names(again.renditions)]).toEqual(['ready', names(renditions)])
  expect((await served()).equals(old)).toBe(false)
  expect((await readdir(made, { recursive: true })).sort()).toEqual(now)
  const told = (await app.published(fileReady)).filter(({ entity }) => entity.id === fileId)
  expect(told).toHaveLength(2)
  await runSchedule(app, 'renew-images')
  expect((await app.published(fileReady)).filter(({ entity }) => entity.id === fileId)).toHaveLength(2)
})

test('whoever erases their profile takes their files along, but not those of a company', async () => {
  const [leaving, staying] = [userCall(), userCall()]
  const [theirs, others] = [
    await uploadOwn(app, leaving, 'attachment', text('theirs')),
    await uploadOwn(app, staying, 'attachment', text('others')),
  ]
  const ticket = await app.client.grantUpload(
    {
      ...{ owner: { module: 'jobs', kind: 'company', id: '6' }, purpose: 'attachment', companyId: unknownId },
      ...{ userId: leaving.actor.id, expiresAt: new Date(Date.now() + 60_000).toISOString() },
    },
    social(),
  )
  await send(app, ticket, text('of the company'))
  await app.idle()
  await app.deliver(profileErased, {
    entity: { id: leaving.actor.id, version: 2 },
    payload: { userId: leaving.actor.id, receiptId: unknownId, erasedAt: new Date().toISOString() },
  })
  await app.idle()
  expect([await exists(theirs), await exists(others), await exists(ticket.fileId)]).toEqual([
    false,
    true,
    true,
  ])
  const [company] = (await app.client.getFiles({ fileIds: [ticket.fileId] }, social())).files
  expect(company?.userId).toBeUndefined()
})

test('no more fits than the quota, counted with what has only begun', async () => {
  const small = await openScene({ userQuotaMegabytes: 1 })
  const actor = userActor()
  const ask = (bytes: number) =>
    small.client.requestUpload({ purpose: 'attachment', filename: 'x', bytes }, callBy(actor))
  const [one, two] = [await ask(600_000), await ask(600_000)]
  await uploadOwn(small, callBy(actor), 'attachment', Buffer.alloc(300_000, 'x'))
  await send(small, one, Buffer.alloc(600_000, 'y'))
  await expect(send(small, two, Buffer.alloc(600_000, 'z'))).rejects.toThrow(/media.quota-exceeded/)
  await expect(ask(600_000)).rejects.toMatchObject({ code: 'media.quota-exceeded' })
  expect(await small.client.viewUsage({}, callBy(actor))).toEqual({
    files: 2,
    bytes: 900_000,
    quotaBytes: 1_000_000,
  })
  await small.close()
})
