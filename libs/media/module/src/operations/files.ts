import { mediaFaults } from '@cenopie/media-contract'
import { Fault, faults, id } from '@cenopie/platform-contract'
import { decodeCursor, pageOf, type Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { MediaConfig } from '../config.ts'
import { describe, findFileOfUser, listFilesOfUser } from '../data/files.ts'
import { lockFile, resetFailedSteps, setStatus } from '../data/steps.ts'
import { usageOf } from '../data/usage.ts'
import { accountOf, quotaOf } from '../domain/account.ts'
import { enqueueStep } from '../tasks/step-tasks.ts'
import type { Erase } from './erase.ts'
import type { Handler } from './handler.ts'
import type { Links } from './links.ts'
import { toFile } from './wire.ts'

export interface FileOperationsOptions {
  database: Database
  outbox: Outbox
  config: MediaConfig
  links: Links
  erase: Erase
}

/** What users do with files they uploaded. Another person's file answers like one that does not exist. */
export function fileOperations({ database, outbox, config, links, erase }: FileOperationsOptions) {
  const linkSeconds = config.linkMinutes * 60
  const view = async (userId: string, fileId: string) => {
    const file = await findFileOfUser(database, userId, fileId)
    if (!file) throw new Fault(faults.notFound)
    return toFile(file, links, linkSeconds)
  }

  const listFiles: Handler<'listFiles'> = async ({ limit, cursor }, { actor }) => {
    const before = decodeCursor(cursor, id)
    const rows = await listFilesOfUser(database, actor.id, before, limit + 1)
    const { items, ...page } = pageOf(rows, limit, (last) => last.id)
    return { items: items.map((file) => toFile(file, links, linkSeconds)), ...page }
  }
  const viewFile: Handler<'viewFile'> = ({ fileId }, { actor }) => view(actor.id, fileId)

  const describeFile: Handler<'describeFile'> = async ({ fileId, alt }, { actor }) => {
    if (!(await describe(database, actor.id, fileId, alt))) throw new Fault(faults.notFound)
    return view(actor.id, fileId)
  }
  const deleteFile: Handler<'deleteFile'> = async ({ fileId }, call) => {
    if (!(await findFileOfUser(database, call.actor.id, fileId))) throw new Fault(faults.notFound)
    await erase(fileId, call)
  }
  /** Of a file that did not fail: nothing is done. */
  const retryFile: Handler<'retryFile'> = async ({ fileId }, call) => {
    await database.transaction(async (tx) => {
      const file = await lockFile(tx, fileId)
      if (!file || file.userId !== call.actor.id) throw new Fault(faults.notFound)
      if (file.status !== 'failed') return
      const again = await resetFailedSteps(tx, fileId)
      if (again.length === 0) throw new Fault(mediaFaults.notRetryable)
      await setStatus(tx, fileId, 'processing')
      for (const step of again) await enqueueStep(outbox, tx, call, file, step)
    })
    return view(call.actor.id, fileId)
  }
  const viewUsage: Handler<'viewUsage'> = async (_input, { actor }) => {
    const account = accountOf({ userId: actor.id, owner: { module: 'media', kind: 'user', id: actor.id } })
    return { ...(await usageOf(database, account)), quotaBytes: quotaOf(account, config) }
  }
  return { listFiles, viewFile, describeFile, deleteFile, retryFile, viewUsage }
}
