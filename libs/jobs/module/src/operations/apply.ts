import type { authContract } from '@cenopie/auth-contract'
import { jobsEvents, jobsFaults } from '@cenopie/jobs-contract'
import type { CallContext, Client } from '@cenopie/platform-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { newId, sqlOf } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { usersContract } from '@cenopie/users-contract'
import { findOfCandidate } from '../data/application-views.ts'
import type { OpenPosting } from '../data/applications.ts'
import { findForApplying, insertApplication } from '../data/applications.ts'
import type { Prisma } from '../data/prisma.ts'
import { answered } from '../domain/answers.ts'
import { applicationFacts } from './application-facts.ts'
import type { Handler } from './handler.ts'

export interface Introductions {
  users: Pick<Client<typeof usersContract>, 'getProfileSummary'>
  auth: Pick<Client<typeof authContract>, 'getUser'>
}

/**
 * Applies to an open posting. Everything that can be refused is, before the users domain is asked who applies; the
 * posting is looked at again inside the transaction, since it may have been closed or edited meanwhile.
 */
export function apply(
  database: Database,
  prisma: Prisma,
  outbox: Outbox,
  introductions: Introductions,
): Handler<'apply'> {
  return async ({ postingId, answers, coverLetter, considerForOthers }, call) => {
    if (!call.actor.emailVerified) throw new Fault(jobsFaults.emailNotVerified)
    const candidateId = call.actor.id
    answered(open(await findForApplying(database, postingId, false)).questions, answers)
    const { name, headline, location } = await introduce(introductions, candidateId, call)
    const id = newId()
    return prisma.$transaction(async (tx) => {
      const sql = sqlOf(tx)
      const posting = open(await findForApplying(sql, postingId, true))
      const { companyId, companyName, title } = posting
      const written = await insertApplication(sql, {
        ...{ id, postingId, companyId, candidateId, candidateName: name, headline, location },
        ...{ coverLetter, answers: answered(posting.questions, answers), considerForOthers, at: new Date() },
      })
      if (!written) throw new Fault(jobsFaults.alreadyApplied)
      const ids = { postingId, companyId, companyName, title, candidateId, candidateName: name }
      const facts = applicationFacts({ id, version: 1, stage: 'applied', ...ids })
      await outbox.publish(tx, call, jobsEvents.applicationSubmitted, {
        entity: facts.entity,
        payload: facts.ids,
      })
      const application = await findOfCandidate(tx, candidateId, id)
      if (!application) throw new Fault(faults.notFound)
      return application
    })
  }
}

/** A draft does not exist for candidates; what is over exists, and takes no applications. */
function open(posting: OpenPosting | undefined): OpenPosting {
  if (!posting || posting.state === 'draft') throw new Fault(faults.notFound)
  if (posting.state !== 'published') throw new Fault(jobsFaults.postingNotOpen)
  return posting
}

/** The profile as it is now; somebody who signed up a moment ago may have none yet, but has a name. */
async function introduce({ users, auth }: Introductions, userId: string, call: CallContext) {
  try {
    return await users.getProfileSummary({ userId }, call)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== faults.notFound.code) throw error
    return { name: (await auth.getUser({ userId }, call)).name, headline: undefined, location: undefined }
  }
}
