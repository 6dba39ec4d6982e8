import { interviewFaults } from '@cenopie/interviews-contract'
import type { jobsContract } from '@cenopie/jobs-contract'
import { Fault, faults, type Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { auditActor } from '../data/audit.ts'
import type { Prisma } from '../data/client.ts'
import { assign, findAssignment, lockPosting, waitingOf } from '../data/postings.ts'
import type { TemplateStore } from '../data/templates.ts'
import { readableBy } from '../domain/access.ts'
import { requireManager } from './authorise.ts'
import type { Invite } from './invite.ts'
import type { Operations } from './types.ts'

export function assignmentOperations(
  database: Database,
  prisma: Prisma,
  templates: TemplateStore,
  jobs: Client<typeof jobsContract>,
  invite: Invite,
): Operations<'assignTemplate' | 'getAssignedTemplate'> {
  return {
    async assignTemplate({ postingId, templateId }, call) {
      const { actor } = call
      const { companyId } = await jobs.getPosting({ postingId }, call)
      requireManager(actor, companyId)
      const template = await templates.find(templateId, [companyId])
      if (!template) throw new Fault(faults.notFound)
      const now = new Date()
      const invited = await database.transaction(async (tx) => {
        await lockPosting(tx, postingId, companyId)
        const frozen = await assign(tx, postingId, templateId, actor.id, now)
        if (!frozen) {
          const { templateArchived, templateNotPublished } = interviewFaults
          throw new Fault(template.status === 'archived' ? templateArchived : templateNotPublished)
        }
        const waiting = await waitingOf(tx, postingId)
        for (const interview of waiting) await invite(tx, call, interview, frozen, auditActor(actor))
        return waiting.length
      })
      const { name } = template
      return { postingId, templateId, templateName: name, invited, assignedAt: now.toISOString() }
    },

    async getAssignedTemplate({ postingId }, { actor }) {
      const assignment = await findAssignment(prisma, postingId, readableBy(actor))
      if (!assignment) throw new Fault(faults.notFound)
      return { ...assignment, invited: 0 }
    },
  }
}
