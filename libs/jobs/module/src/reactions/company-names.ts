import { authEvents } from '@cenopie/auth-contract'
import { react } from '@cenopie/platform-outbox'
import { rememberCompany } from '../data/companies.ts'

/** Postings show what their company is called now. */
export const companyNames = [
  react(authEvents.companyCreated, 'jobs.company-created', async ({ entity, payload }, tx) => {
    const { companyId: id, name, slug } = payload
    await rememberCompany(tx, { id, name, slug }, entity.version)
  }),
  react(authEvents.companyRenamed, 'jobs.company-renamed', async ({ entity, payload }, tx) => {
    const { companyId: id, name, slug } = payload
    await rememberCompany(tx, { id, name, slug }, entity.version)
  }),
]
