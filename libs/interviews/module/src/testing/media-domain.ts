import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  fileErased,
  fileFailed,
  fileReady,
  uploadCompleted,
  type FileFacts,
  type FileOwner,
  type mediaContract,
} from '@cenopie/media-contract'
import { Fault, faults, type Client } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { TestModule } from '@cenopie/platform-testing'
import type { interviewsContract } from '@cenopie/interviews-contract'

type Media = Client<typeof mediaContract>
type Grant = Parameters<Media['grantUpload']>[0]

/** Files as the media domain would have them: a test uploads, media's news of it are delivered. */
export function mediaFiles() {
  const grants = new Map<string, Grant>()
  const statuses = new Map<string, FileFacts['status']>()
  const sounds = new Map<string, string>()
  const stills = new Map<string, string>()
  const lengths = new Map<string, number>()
  const kept = new Set<string>()
  const released = new Set<string>()
  const gone = new Set<string>()
  let down = false
  let turnedAway = 0

  const made: Partial<Record<string, Map<string, string>>> = { 'speech.wav': sounds, 'poster.jpg': stills }

  const reachable = () => {
    if (!down) return Promise.resolve()
    turnedAway += 1
    return Promise.reject(new Fault(faults.unavailable))
  }

  return {
    grants,
    kept,
    released,
    gone,
    /** Files whose sound was fetched, in order. */
    fetched: [] as string[],
    /** What media has of a file before its news arrive. */
    has(fileId: string, status: FileFacts['status']) {
      statuses.set(fileId, status)
    },
    /** A recording with a picture, from which a still is made. */
    sees(fileId: string, still: string) {
      stills.set(fileId, still)
    },
    /** How many calls found it down. */
    turnedAway: () => turnedAway,
    /** Answers nothing until it is up again. */
    go(state: 'down' | 'up') {
      down = state === 'down'
    },
    client(): Partial<Media> {
      const { fetched } = this
      return {
        async grantUpload(grant) {
          await reachable()
          const fileId = newId()
          grants.set(fileId, grant)
          return {
            fileId,
            ticket: `ticket-${fileId}`,
            uploadUrl: 'http://media.test/api/v1/media/uploads',
            maxBytes: grant.maxBytes ?? 1,
            expiresAt: grant.expiresAt,
          }
        },
        async getFiles({ fileIds }) {
          await reachable()
          return {
            // What nobody has begun to upload is no file yet.
            files: fileIds.flatMap((id) => {
              const status = statuses.get(id)
              if (status === undefined) return []
              const picture = stills.has(id) && { width: 1280, height: 720 }
              return [{ id, status, bytes: 1, seconds: lengths.get(id) ?? 5, ...picture, renditions: [] }]
            }),
          }
        },
        async signFiles({ fileIds }) {
          await reachable()
          const urls = (id: string) => [{ name: 'video.mp4', url: `http://media.test/${id}/video.mp4` }]
          const expiresAt = '2030-01-01T00:00:00.000Z'
          return { files: fileIds.map((fileId) => ({ fileId, urls: urls(fileId), expiresAt })) }
        },
        async keepFiles({ fileIds }) {
          await reachable()
          for (const id of fileIds) kept.add(id)
        },
        async releaseFiles({ fileIds = [] }) {
          await reachable()
          for (const id of fileIds) released.add(id)
        },
        async eraseFiles({ fileIds = [] }) {
          await reachable()
          for (const id of fileIds) gone.add(id)
          const removed = { files: fileIds.length, renditions: 0, objects: 0, bytes: 0 }
          return { receiptId: newId(), erasedAt: '2026-11-01T00:00:00.000Z', fileIds, removed, shared: 0 }
        },
        async readRendition({ fileId, name }) {
          await reachable()
          const path = made[name]?.get(fileId)
          if (path === undefined) throw new Fault(faults.notFound)
          if (name === 'speech.wav') fetched.push(fileId)
          const { length } = await readFile(path)
          return {
            mediaType: 'audio/wav',
            bytes: length,
            etag: 'sound',
            cacheControl: 'private',
            open: () => createReadStream(path),
          }
        },
      }
    },
    /** The recording of a take arrives and is ready, with the sound of a file, or without any. */
    async record(app: Deliver, fileId: string, sound?: string, seconds = 5): Promise<void> {
      await this.uploaded(app, fileId)
      await this.ready(app, fileId, sound, seconds)
    },
    uploaded: (app: Deliver, fileId: string) =>
      app.deliver(uploadCompleted, {
        entity: { id: fileId, version: 2 },
        payload: { ...factOf(fileId), bytes: 1 },
      }),
    async ready(app: Deliver, fileId: string, sound?: string, seconds = 5) {
      if (sound !== undefined) sounds.set(fileId, sound)
      statuses.set(fileId, 'ready')
      lengths.set(fileId, seconds)
      const facts = { mediaType: 'video/mp4', bytes: 1, seconds, renditions: [] }
      await app.deliver(fileReady, {
        entity: { id: fileId, version: 4 },
        payload: { ...factOf(fileId), ...facts },
      })
    },
    failed: (app: Deliver, fileId: string, reason = 'The video is cut off.') =>
      app.deliver(fileFailed, {
        entity: { id: fileId, version: 3 },
        payload: { ...factOf(fileId), code: 'truncated', reason },
      }),
    erased: (app: Deliver, fileId: string) =>
      app.deliver(fileErased, {
        entity: { id: fileId, version: 5 },
        payload: {
          fileId,
          owner: factOf(fileId).owner,
          erasedAt: '2026-11-01T00:00:00.000Z',
          removed: { renditions: 1, objects: 1, bytes: 1 },
        },
      }),
  }

  function factOf(fileId: string) {
    const owner: FileOwner | undefined = grants.get(fileId)?.owner
    if (!owner) throw new Error(`nobody was granted ${fileId}`)
    return { fileId, owner, purpose: 'recording' as const }
  }
}

type Deliver = Pick<TestModule<typeof interviewsContract>, 'deliver'>
export type MediaFiles = ReturnType<typeof mediaFiles>
