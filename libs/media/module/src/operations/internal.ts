import { mediaFaults, type FileOwner } from '@cenopie/media-contract'
import { Fault, type CallContext } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { erasedAmong, findFiles } from '../data/files.ts'
import { filesOfOwner, keep, release } from '../data/keepings.ts'
import { receiptOf, type Erase, type Erased } from './erase.ts'
import type { Handler } from './handler.ts'
import type { Links } from './links.ts'
import { toFacts } from './wire.ts'

const batch = 100

/** What other modules do with files. */
export function internalOperations(database: Database, links: Links, erase: Erase) {
  const getFiles: Handler<'getFiles'> = async ({ fileIds }) => {
    const [files, erased] = [await findFiles(database, fileIds), await erasedAmong(database, fileIds)]
    const gone = erased.map(({ fileId }) => ({
      id: fileId,
      status: 'erased' as const,
      bytes: 0,
      renditions: [],
    }))
    return { files: [...files.map(toFacts), ...gone] }
  }
  const signFiles: Handler<'signFiles'> = async ({ fileIds, seconds }) => {
    const files = await findFiles(database, fileIds)
    return {
      files: files.map(({ id, renditions }) => {
        const { url, expiresAt } = links.grant(id, seconds)
        return { fileId: id, urls: renditions.map(({ name }) => ({ name, url: url(name) })), expiresAt }
      }),
    }
  }
  const keepFiles: Handler<'keepFiles'> = async ({ owner, fileIds, uploadedBy }) => {
    const kept = await database.transaction((tx) => keep(tx, owner, fileIds, uploadedBy))
    if (!kept) throw new Fault(mediaFaults.filesMissing)
  }
  const releaseFiles: Handler<'releaseFiles'> = ({ owner, fileIds }) =>
    database.transaction((tx) => release(tx, owner, fileIds))

  const eraseOwner = async (owner: FileOwner, call: CallContext) => {
    const erased: Erased[] = []
    for (;;) {
      const fileIds = await filesOfOwner(database, owner, batch)
      for (const fileId of fileIds) erased.push(...present(await erase(fileId, call)))
      if (fileIds.length < batch) break
    }
    await database.transaction((tx) => release(tx, owner, undefined))
    return receiptOf(erased)
  }
  const eraseFiles: Handler<'eraseFiles'> = async ({ owner, fileIds = [] }, call) => {
    if (owner) return eraseOwner(owner, call)
    const erased: Erased[] = []
    for (const fileId of new Set(fileIds)) erased.push(...present(await erase(fileId, call)))
    return receiptOf(erased)
  }
  return { getFiles, signFiles, keepFiles, releaseFiles, eraseFiles }
}

const present = (one: Erased | undefined): Erased[] => (one ? [one] : [])
