import type { mediaContract } from '@cenopie/media-contract'
import type { Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Prisma } from './data/client.ts'
import type { ProviderSettings } from './domain/provider-notices.ts'
import { biasAuditor, biasAuditOperation } from './operations/bias-audit.ts'
import { captions } from './operations/captions.ts'
import { compareOperation } from './operations/compare.ts'
import { downloads } from './operations/downloads.ts'
import { eraser } from './operations/erase.ts'
import { exporter, exportOperation } from './operations/export.ts'
import { humanReviewOperations } from './operations/human-reviews.ts'
import { myDataOperation } from './operations/my-data.ts'
import { retentionOperations } from './operations/retention.ts'
import { selfIdentificationOperation } from './operations/self-identification.ts'
import { eraseOnProfileErased } from './reactions/erase-on-profile-erased.ts'
import { eraseCandidateHandler } from './tasks/erase-candidate.ts'
import { eraseDueSchedule } from './tasks/erase-due.ts'
import { eraseRecordings, eraseRecordingsHandler } from './tasks/erase-recordings.ts'

export interface Accountable {
  database: Database
  prisma: Prisma
  outbox: Outbox
  media: Client<typeof mediaContract>
  config: { retentionCheckSeconds: number } & ProviderSettings
}

/** What a company and its candidates are owed: comparison, exports, own data, human review, erasure, bias audits. */
export function accountability({ database, prisma, outbox, media, config }: Accountable) {
  const take = exporter(database, prisma)
  const audit = biasAuditor(database)
  const erase = eraser(outbox, eraseRecordings, config)
  return {
    operations: {
      ...compareOperation(prisma),
      ...exportOperation(take),
      ...biasAuditOperation(audit),
      ...selfIdentificationOperation(database),
      ...myDataOperation(database, prisma, media),
      ...humanReviewOperations(database, prisma, outbox),
      ...retentionOperations(database, erase),
    },
    streams: { ...downloads(take, audit), ...captions(prisma) },
    tasks: [eraseRecordingsHandler(media), eraseCandidateHandler(database, erase)],
    on: [eraseOnProfileErased(outbox)],
    schedules: [eraseDueSchedule(database, erase, config)],
  }
}
