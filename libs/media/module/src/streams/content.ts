import { mediaFaults } from '@cenopie/media-contract'
import { Fault, faults, type Content } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { findRendition, type ServedRendition } from '../data/files.ts'
import { readGrant } from '../domain/grant.ts'
import { NoSuchObject, type ObjectStore } from '../storage/object-store.ts'

/**
 * Bytes of what was made of a file, for whoever holds a grant. What its uploader sent is only ever saved, never shown:
 * everything that a browser shows was made by us.
 */
export function contentReader(database: Database, store: ObjectStore, secret: string) {
  const find = async (fileId: string, name: string): Promise<ServedRendition> => {
    const found = await findRendition(database, fileId, name)
    if (!found) throw new Fault(faults.notFound)
    return found
  }
  return {
    async readFile({
      grant,
      fileId,
      name,
    }: {
      grant: string
      fileId: string
      name: string
    }): Promise<Content> {
      const verdict = readGrant(secret, fileId, grant, Date.now())
      if (verdict.state === 'forged') throw new Fault(faults.notFound)
      if (verdict.state === 'expired') throw new Fault(mediaFaults.grantExpired)
      // Private: what is erased must not live on in caches that many share.
      const cacheControl = `private, max-age=${verdict.secondsLeft}, immutable`
      return contentOf(await find(fileId, name), store, cacheControl)
    },
    async readRendition({ fileId, name }: { fileId: string; name: string }): Promise<Content> {
      return contentOf(await find(fileId, name), store, 'no-store')
    },
  }
}

function contentOf(rendition: ServedRendition, store: ObjectStore, cacheControl: string): Content {
  const { objectKey, mediaType, bytes, sha256, kind, filename, createdAt } = rendition
  return {
    ...{ mediaType, bytes, etag: sha256, cacheControl },
    modifiedAt: createdAt.toISOString(),
    disposition: kind === 'document' ? { type: 'attachment', filename } : { type: 'inline' },
    open: (range) =>
      store.read(objectKey, range).catch((error: unknown) => {
        if (error instanceof NoSuchObject) throw new Fault(faults.notFound, { cause: error })
        throw error
      }),
  }
}
