import type { authContract } from '@cenopie/auth-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import type { Client } from '@cenopie/platform-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { newId } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { rememberCompany } from '../data/companies.ts'
import { insertDraft } from '../data/drafts.ts'
import { expiry } from '../domain/posting-state.ts'
import { mustManage } from './authorise.ts'
import type { Handler } from './handler.ts'

/**
 * Drafts a posting: one insert and its outbox entry. A company founded a moment ago may not have been heard of yet;
 * then its name is asked for and the draft written again.
 */
export function createPosting(
  database: Database,
  outbox: Outbox,
  auth: Pick<Client<typeof authContract>, 'getCompany'>,
  maxOpenDays: number,
): Handler<'createPosting'> {
  return async (input, call) => {
    const { companyId, title } = input
    mustManage(call.actor, companyId)
    const now = new Date()
    if (input.expiresAt !== undefined) expiry(input.expiresAt, now, maxOpenDays)
    const postingId = newId()
    const write = () =>
      database.transaction(async (tx) => {
        const draft = await insertDraft(tx, postingId, input, call.actor.id, now)
        if (!draft) return undefined
        const entity = { id: postingId, version: draft.version }
        await outbox.publish(tx, call, jobsEvents.postingDrafted, {
          entity,
          payload: { postingId, companyId, title },
        })
        return draft
      })
    const drafted = await write()
    if (drafted) return drafted
    await rememberCompany(database, await auth.getCompany({ companyId }, call), 0)
    const retried = await write()
    if (!retried) throw new Fault(faults.notFound)
    return retried
  }
}
