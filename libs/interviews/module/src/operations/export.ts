import type { InterviewExport } from '@cenopie/interviews-contract'
import type { CallContext, UserActor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { auditActor, record } from '../data/audit.ts'
import type { Prisma } from '../data/client.ts'
import { findExport } from '../data/export.ts'
import { lockManaged, readerOf } from './authorise.ts'
import type { Operations } from './types.ts'

export type Export = (
  interviewId: string,
  format: 'json' | 'pdf',
  call: CallContext<UserActor>,
) => Promise<InterviewExport>

/** Notes in the trail who takes a copy before they get it. */
export function exporter(database: Database, prisma: Prisma): Export {
  return async (interviewId, format, { actor }) => {
    const at = new Date()
    await database.transaction(async (tx) => {
      await lockManaged(tx, interviewId, actor)
      const after = { format }
      await record(tx, { interviewId, actor: auditActor(actor), action: 'interview.exported', after, at })
    })
    const found = await findExport(prisma, interviewId, readerOf(actor), at)
    if (!found) throw new Error(`interview ${interviewId} is gone`)
    return found
  }
}

export function exportOperation(take: Export): Operations<'exportInterview'> {
  return { exportInterview: ({ interviewId }, call) => take(interviewId, 'json', call) }
}
