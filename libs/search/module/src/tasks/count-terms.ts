import { task, type CallContext } from '@cenopie/platform-contract'
import type { AnyTransaction, Database } from '@cenopie/platform-database'
import { handle, type Outbox } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { countTerms } from '../data/term-counts.ts'

const countTermsTask = task('search.count-terms', z.strictObject({}), {
  concurrency: 1,
  attempts: 3,
  timeoutSeconds: 1800,
})

export function startCount(outbox: Outbox, tx: AnyTransaction, call: CallContext): Promise<void> {
  return outbox.enqueue(tx, call, countTermsTask, {}, { key: 'count' })
}

export function countHandler(database: Database) {
  return handle(countTermsTask, () => countTerms(database))
}
