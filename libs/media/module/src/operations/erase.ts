import { fileErased, type ErasureReceipt } from '@cenopie/media-contract'
import type { CallContext } from '@cenopie/platform-contract'
import { newId, type Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { blobKey, dropReference } from '../data/blobs.ts'
import { beginErasure, finishErasure } from '../data/erasure.ts'
import { madePrefix } from '../tasks/step-context.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { Workshop } from '../tasks/workshop.ts'
import type { Staging } from '../uploads/staging.ts'

export interface Erasing {
  database: Database
  outbox: Outbox
  store: ObjectStore
  staging: Staging
  workshop: Workshop
}

/** What went with one file. */
export interface Erased {
  fileId: string
  renditions: number
  objects: number
  bytes: number
  /** Its bytes stay: another file has the same. */
  shared: boolean
}

export type Erase = (fileId: string, call: CallContext) => Promise<Erased | undefined>

/**
 * Removes a file: first nobody sees it any more, then its objects go, then its rows with the news of it. Interrupted
 * anywhere, it is begun again by the next call or by the sweep. Undefined when there is nothing (left) to remove.
 */
export function eraser({ database, outbox, store, staging, workshop }: Erasing): Erase {
  return async (fileId, call) => {
    const file = await beginErasure(database, fileId)
    if (!file) return undefined
    let [objects, bytes] = [0, 0]
    const count = (size: number) => {
      objects += 1
      bytes += size
    }
    if (file.uploadId) {
      const staged = await staging.size(file.uploadId)
      await staging.remove(file.uploadId)
      if (staged !== undefined) count(staged)
    }
    await workshop.clear(fileId)
    for await (const { key, bytes: size } of store.list(madePrefix(fileId))) {
      await store.remove(key)
      count(size)
    }
    return database.transaction(async (tx) => {
      const at = new Date()
      const renditions = await finishErasure(tx, fileId, at)
      if (renditions === undefined) return undefined
      const shared = file.sha256 !== null && (await dropReference(tx, file.sha256)) > 0
      if (file.sha256 !== null && !shared) {
        const blob = await store.stat(blobKey(file.sha256))
        await store.remove(blobKey(file.sha256))
        if (blob) count(blob.bytes)
      }
      await outbox.publish(tx, call, fileErased, {
        entity: { id: fileId, version: file.version },
        payload: {
          ...{ fileId, owner: file.owner, erasedAt: at.toISOString() },
          removed: { renditions, objects, bytes },
        },
      })
      return { fileId, renditions, objects, bytes, shared }
    })
  }
}

/** One receipt for all of them. */
export function receiptOf(erased: readonly Erased[]): ErasureReceipt {
  const sum = (of: (one: Erased) => number) => erased.reduce((total, one) => total + of(one), 0)
  return {
    receiptId: newId(),
    erasedAt: new Date().toISOString(),
    fileIds: erased.map(({ fileId }) => fileId),
    removed: {
      files: erased.length,
      renditions: sum(({ renditions }) => renditions),
      objects: sum(({ objects }) => objects),
      bytes: sum(({ bytes }) => bytes),
    },
    shared: erased.filter(({ shared }) => shared).length,
  }
}
