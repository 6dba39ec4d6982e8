import { erased, type ErasureCause, type ErasureReceipt } from '@cenopie/interviews-contract'
import type { CallContext } from '@cenopie/platform-contract'
import { newId, type Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { record, type AuditRecord } from '../data/audit.ts'
import { eraseInterview, readersOf } from '../data/erasure.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { providerNotices, type ProviderSettings } from '../domain/provider-notices.ts'
import { maxFilesPerErasure, type EraseRecordings } from '../tasks/erase-recordings.ts'

export interface Erasure {
  cause: ErasureCause
  by: AuditRecord['actor']
  reason?: string
}

export type Erase = (
  tx: Transaction,
  call: CallContext,
  interview: InterviewRow,
  erasure: Erasure,
) => Promise<ErasureReceipt>

/** Erases a locked interview, whatever asked for it: the trail, the event and the media domain's part come with it. */
export function eraser(outbox: Outbox, eraseRecordings: EraseRecordings, settings: ProviderSettings): Erase {
  return async (tx, call, { id: interviewId, companyId }, { cause, by, reason }) => {
    const at = new Date()
    const providers = providerNotices(await readersOf(tx, interviewId), settings)
    const { interview, counts, fileIds } = await eraseInterview(tx, interviewId, at)
    const facts = { receiptId: newId(), interviewId, erasedAt: at.toISOString(), cause, counts }
    for (let from = 0; from < fileIds.length; from += maxFilesPerErasure) {
      const some = fileIds.slice(from, from + maxFilesPerErasure)
      await outbox.enqueue(tx, call, eraseRecordings, { interviewId, fileIds: some })
    }
    await outbox.publish(tx, call, erased, {
      entity: { id: interview.id, version: interview.version },
      payload: { ...facts, companyId },
    })
    await record(tx, {
      interviewId,
      actor: by,
      action: 'interview.erased',
      after: {
        receiptId: facts.receiptId,
        cause,
        counts,
        providers,
        ...(reason === undefined ? {} : { reason }),
      },
      at,
    })
    return { ...facts, providers }
  }
}
