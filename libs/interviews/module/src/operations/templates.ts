import { interviewFaults, type InterviewTemplate } from '@cenopie/interviews-contract'
import { Fault, faults, type UserActor } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { TemplateStore } from '../data/templates.ts'
import { managedBy, readableBy } from '../domain/access.ts'
import { practiceWithId, withIds } from '../domain/template-content.ts'
import { requireManager, requireMember } from './authorise.ts'
import { paged, positionOf } from './paged.ts'
import type { Operations } from './types.ts'

type TemplateOperations = Operations<
  | 'createTemplate'
  | 'listTemplates'
  | 'getTemplate'
  | 'updateTemplate'
  | 'publishTemplate'
  | 'archiveTemplate'
>

export function templateOperations(templates: TemplateStore): TemplateOperations {
  async function find(actor: UserActor, id: string, version?: number): Promise<InterviewTemplate> {
    const template = await templates.find(id, readableBy(actor), version)
    if (!template) throw new Fault(faults.notFound)
    return template
  }

  async function findManaged(actor: UserActor, id: string): Promise<InterviewTemplate> {
    const template = await find(actor, id)
    requireManager(actor, template.companyId)
    if (template.status === 'archived') throw new Fault(interviewFaults.templateArchived)
    return template
  }

  return {
    async createTemplate({ companyId, questions, practice, ...content }, { actor }) {
      requireManager(actor, companyId)
      return templates.create(
        companyId,
        actor.id,
        { ...content, questions: withIds(questions, newId), practice: practiceWithId(practice, newId) },
        new Date(),
      )
    },

    async listTemplates({ companyId, status, limit, cursor }, { actor }) {
      requireMember(actor, companyId)
      const before = positionOf(cursor)
      return paged(await templates.list(companyId, readableBy(actor), limit + 1, status, before), limit)
    },

    async getTemplate({ templateId, version }, { actor }) {
      return find(actor, templateId, version)
    },

    async updateTemplate({ templateId, revision, questions, practice, ...content }, { actor }) {
      await findManaged(actor, templateId)
      const edited = {
        ...content,
        questions: withIds(questions, newId),
        practice: practiceWithId(practice, newId),
      }
      const template = await templates.edit(templateId, managedBy(actor), revision, edited, new Date())
      if (!template) throw new Fault(interviewFaults.templateChanged)
      return template
    },

    async publishTemplate({ templateId }, { actor }) {
      await findManaged(actor, templateId)
      const template = await templates.publish(templateId, managedBy(actor), new Date())
      if (!template) throw new Fault(interviewFaults.templateNotDraft)
      return template
    },

    async archiveTemplate({ templateId }, { actor }) {
      const template = await find(actor, templateId)
      requireManager(actor, template.companyId)
      await templates.archive(templateId, managedBy(actor), new Date())
      return find(actor, templateId)
    },
  }
}
