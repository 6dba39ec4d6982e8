import type { InterviewQuestion, InterviewTemplate, PracticeQuestion } from '@cenopie/interviews-contract'
import { newId } from '@cenopie/platform-database'
import { storedPractice, storedQuestions } from './questions.ts'
import type { Prisma } from './client.ts'
import { Prisma as Sql, type Template, type TemplateVersion } from './generated/client.ts'

export type TemplateStatus = InterviewTemplate['status']

export interface TemplateContent {
  name: string
  description: string
  language: string
  questions: InterviewQuestion[]
  practice?: PracticeQuestion | undefined
}

type WithVersion = Template & { versions: TemplateVersion[] }

const newest = { versions: { orderBy: { number: 'desc' }, take: 1 } } as const

/** Templates of the companies in `companies`; whatever is asked for outside of them does not exist. */
export function templateStore(prisma: Prisma) {
  return {
    async create(companyId: string, createdBy: string, content: TemplateContent, now: Date) {
      const { questions, practice, ...rest } = content
      const row = await prisma.template.create({
        data: {
          id: newId(),
          companyId,
          status: 'draft',
          latestVersion: 1,
          createdBy,
          createdAt: now,
          updatedAt: now,
          versions: {
            create: {
              id: newId(),
              number: 1,
              status: 'draft',
              ...rest,
              questions,
              ...(practice && { practice }),
              createdAt: now,
            },
          },
        },
        include: newest,
      })
      return wire(row)
    },

    async find(id: string, companies: string[], version?: number): Promise<InterviewTemplate | undefined> {
      const row = await prisma.template.findFirst({
        where: { id, companyId: { in: companies } },
        include: version === undefined ? newest : { versions: { where: { number: version } } },
      })
      return row && row.versions.length > 0 ? wire(row) : undefined
    },

    /** Newest first; `before` is the id of the last template of the page before. */
    async list(
      companyId: string,
      companies: string[],
      take: number,
      status?: TemplateStatus,
      before?: string,
    ) {
      const rows = await prisma.template.findMany({
        where: {
          AND: [{ companyId }, { companyId: { in: companies } }],
          ...(status === undefined ? {} : { status }),
          ...(before === undefined ? {} : { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take,
        include: newest,
      })
      return rows.map(summarise)
    },

    /**
     * Replaces the draft, or writes the next version when the newest one is published.
     * Undefined when the revision is not the present one any more or the template is archived.
     */
    async edit(
      id: string,
      companies: string[],
      revision: number,
      content: TemplateContent,
      now: Date,
    ): Promise<InterviewTemplate | undefined> {
      const { questions, practice, ...rest } = content
      return prisma.$transaction(async (tx) => {
        const claimed = await tx.template.updateMany({
          where: { id, companyId: { in: companies }, revision, status: { not: 'archived' } },
          data: { revision: { increment: 1 }, updatedAt: now },
        })
        if (claimed.count === 0) return undefined
        const { status, latestVersion } = await tx.template.findUniqueOrThrow({ where: { id } })
        if (status === 'draft') {
          await tx.templateVersion.update({
            where: { templateId_number: { templateId: id, number: latestVersion } },
            data: { ...rest, questions, practice: practice ?? Sql.DbNull },
          })
          return standing(tx, id)
        }
        const number = latestVersion + 1
        await tx.templateVersion.create({
          data: {
            id: newId(),
            templateId: id,
            number,
            status: 'draft',
            ...rest,
            questions,
            ...(practice && { practice }),
            createdAt: now,
          },
        })
        await tx.template.update({ where: { id }, data: { latestVersion: number, status: 'draft' } })
        return standing(tx, id)
      })
    },

    /** Publishes the draft and retires the version published before. Undefined when there is no draft. */
    async publish(id: string, companies: string[], now: Date): Promise<InterviewTemplate | undefined> {
      return prisma.$transaction(async (tx) => {
        const claimed = await tx.template.updateMany({
          where: { id, companyId: { in: companies }, status: 'draft' },
          data: { status: 'published', revision: { increment: 1 }, updatedAt: now },
        })
        if (claimed.count === 0) return undefined
        const { latestVersion } = await tx.template.findUniqueOrThrow({ where: { id } })
        await tx.templateVersion.updateMany({
          where: { templateId: id, status: 'published' },
          data: { status: 'archived' },
        })
        await tx.templateVersion.update({
          where: { templateId_number: { templateId: id, number: latestVersion } },
          data: { status: 'published', publishedAt: now },
        })
        await tx.template.update({ where: { id }, data: { publishedVersion: latestVersion } })
        return standing(tx, id)
      })
    },

    async archive(id: string, companies: string[], now: Date): Promise<void> {
      await prisma.template.updateMany({
        where: { id, companyId: { in: companies }, status: { not: 'archived' } },
        data: { status: 'archived', revision: { increment: 1 }, updatedAt: now },
      })
    },
  }
}

export type TemplateStore = ReturnType<typeof templateStore>

async function standing(tx: Pick<Prisma, 'template'>, id: string): Promise<InterviewTemplate> {
  return wire(await tx.template.findUniqueOrThrow({ where: { id }, include: newest }))
}

function summarise(row: WithVersion) {
  const { id, companyId, name, language, status, version, publishedVersion, questions, updatedAt } = wire(row)
  return {
    id,
    companyId,
    name,
    language,
    status,
    version,
    ...(publishedVersion === undefined ? {} : { publishedVersion }),
    questionCount: questions.length,
    updatedAt,
  }
}

function wire({ versions, ...template }: WithVersion): InterviewTemplate {
  const version = versions[0]
  if (!version) throw new Error(`template ${template.id} has no version`)
  const practice = storedPractice(version.practice)
  return {
    id: template.id,
    companyId: template.companyId,
    name: version.name,
    description: version.description,
    language: version.language,
    status: (template.status === 'archived' ? 'archived' : version.status) as TemplateStatus,
    version: version.number,
    ...(template.publishedVersion === null ? {} : { publishedVersion: template.publishedVersion }),
    revision: template.revision,
    questions: storedQuestions(version.questions),
    ...(practice === undefined ? {} : { practice }),
    createdAt: template.createdAt.toISOString(),
    updatedAt: template.updatedAt.toISOString(),
  }
}
