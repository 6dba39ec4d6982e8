import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { findReference } from '../data/applications.ts'
import { findPosting } from '../data/postings.ts'
import type { Prisma } from '../data/prisma.ts'
import type { Handler } from './handler.ts'

/** A posting in whatever state, for other modules: they decide whom they show what. */
export function getPosting(prisma: Prisma): Handler<'getPosting'> {
  return async ({ postingId }) => {
    const posting = await findPosting(prisma, postingId, new Date())
    if (!posting) throw new Fault(faults.notFound)
    return posting
  }
}

/** An application, for other modules. */
export function getApplication(database: Database): Handler<'getApplication'> {
  return async ({ applicationId }) => {
    const application = await findReference(database, applicationId, 'any')
    if (!application) throw new Fault(faults.notFound)
    return application
  }
}
