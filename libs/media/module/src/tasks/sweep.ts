import { randomUUID } from 'node:crypto'
import type { CallContext } from '@cenopie/platform-contract'
import type { Schedule } from '@cenopie/platform-outbox'
import { orphans } from '../data/keepings.ts'
import { giveLock, takeFreeLock } from '../data/upload-locks.ts'
import { expiredUploads, forgetUpload, knownUploads, openUploads, type UploadRow } from '../data/uploads.ts'
import type { Erase } from '../operations/erase.ts'
import { complete, type Completing } from '../uploads/complete.ts'
import type { Workshop } from './workshop.ts'

export interface Sweeping extends Completing {
  workshop: Workshop
  erase: Erase
  orphanHours: number
}

const batch = 100
const hour = 3600_000
const day = 24 * hour
/** A step is stopped after two. */
const longerThanAnyStep = 3 * hour

/** Removes what nobody wants or finishes: expired uploads, orphans, leftovers of killed processes. */
export function sweep(works: Sweeping, everySeconds: number): Schedule {
  return {
    name: 'sweep',
    everySeconds,
    async run(call, signal) {
      await sweepUploads(works, call, signal)
      await finishUploads(works, call)
      await sweepFiles(works, call, signal)
      await sweepStaging(works)
      await works.workshop.tidy(new Date(Date.now() - longerThanAnyStep))
    },
  }
}

async function sweepUploads({ database, erase }: Sweeping, call: CallContext, signal: AbortSignal) {
  for (;;) {
    signal.throwIfAborted()
    const expired = await expiredUploads(database, batch)
    for (const { id, fileId, completedAt } of expired)
      await (completedAt ? forgetUpload(database, id) : erase(fileId, call))
    if (expired.length < batch) return
  }
}

/** A process died between the last byte and taking the file on, and its client never asked again. */
async function finishUploads(works: Sweeping, call: CallContext) {
  let after = ''
  for (;;) {
    const open = await openUploads(works.database, after, batch)
    for (const upload of open) await finishUpload(works, upload, call)
    if (open.length < batch) return
    after = open.at(-1)?.id ?? after
  }
}

/** Bytes that a request has just begun to send are its own to judge: it may find that they are not what was promised. */
async function finishUpload(works: Sweeping, upload: UploadRow, call: CallContext): Promise<void> {
  const { database, staging } = works
  const owner = randomUUID()
  if (!(await takeFreeLock(database, upload.id, owner))) return
  try {
    if ((await staging.size(upload.id)) === upload.bytes) await complete(works, upload, call)
  } finally {
    await giveLock(database, upload.id, owner)
  }
}

async function sweepFiles(
  { database, erase, orphanHours }: Sweeping,
  call: CallContext,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const unwanted = await orphans(database, orphanHours, batch)
    for (const fileId of unwanted) await erase(fileId, call)
    if (unwanted.length < batch) return
  }
}

/** Bytes are staged before their row is written, so one that is young may still get it. */
async function sweepStaging({ database, staging }: Sweeping) {
  const old = await staging.list(new Date(Date.now() - day))
  const known = await knownUploads(database, old)
  for (const id of old) if (!known.has(id)) await staging.remove(id)
}
