import type { InterviewQuestion, PracticeQuestion } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'
import { storedPractice, storedQuestions } from './questions.ts'
import type { Prisma } from './client.ts'
import { interviewColumns, type InterviewRow } from './interview-row.ts'

/** The version that an invitation freezes. */
export interface FrozenTemplate {
  versionId: string
  number: number
  language: string
  questions: InterviewQuestion[]
  practice: PracticeQuestion | undefined
}

const columns = 'v.id AS "versionId", v.number, v.language, v.questions, v.practice'

const publishedOf = `SELECT ${columns}
  FROM posting p JOIN template t ON t.id = p.template_id
  JOIN template_version v ON v.template_id = t.id AND v.number = t.published_version
  WHERE p.posting_id = $1`

/**
 * Locks the posting, so that an invitation and the assignment of a template cannot miss each other, and gives the
 * version that its candidates are invited with, if a template is assigned.
 */
export async function lockPosting(
  tx: Queryable,
  postingId: string,
  companyId: string,
): Promise<FrozenTemplate | undefined> {
  await tx.query(
    `INSERT INTO posting (posting_id, company_id) VALUES ($1, $2)
     ON CONFLICT (posting_id) DO UPDATE SET company_id = excluded.company_id`,
    [postingId, companyId],
  )
  const [template] = await tx.query<FrozenTemplate>(publishedOf, [postingId])
  return template && thawed(template)
}

/** After `lockPosting`. Undefined when the template has no published version or is archived by now. */
export async function assign(
  tx: Queryable,
  postingId: string,
  templateId: string,
  by: string,
  now: Date,
): Promise<FrozenTemplate | undefined> {
  await tx.query(
    `UPDATE posting p SET template_id = t.id, assigned_by = $3, assigned_at = $4
     FROM template t
     WHERE p.posting_id = $1 AND t.id = $2 AND t.company_id = p.company_id AND t.status <> 'archived'
       AND t.published_version IS NOT NULL`,
    [postingId, templateId, by, now],
  )
  const [template] = await tx.query<FrozenTemplate>(`${publishedOf} AND p.template_id = $2`, [
    postingId,
    templateId,
  ])
  return template && thawed(template)
}

/** Interviews of a posting that wait for a template; locked. */
export async function waitingOf(tx: Queryable, postingId: string): Promise<InterviewRow[]> {
  return tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview WHERE posting_id = $1 AND status = 'waiting' ORDER BY id FOR UPDATE`,
    [postingId],
  )
}

export async function findAssignment(prisma: Prisma, postingId: string, companies: string[]) {
  const row = await prisma.posting.findFirst({
    where: { postingId, companyId: { in: companies }, templateId: { not: null } },
    include: { template: { include: { versions: { orderBy: { number: 'desc' }, take: 1 } } } },
  })
  if (!row?.template || !row.assignedAt) return undefined
  return {
    postingId,
    templateId: row.template.id,
    templateName: row.template.versions[0]?.name ?? '',
    assignedAt: row.assignedAt.toISOString(),
  }
}

/** The frozen content of one version. */
export async function frozenTemplate(tx: Queryable, versionId: string): Promise<FrozenTemplate> {
  const [row] = await tx.query<FrozenTemplate>(`SELECT ${columns} FROM template_version v WHERE v.id = $1`, [
    versionId,
  ])
  if (!row) throw new Error(`template version ${versionId} is gone`)
  return thawed(row)
}

/** What an interview was opened with. */
export async function templateOf(
  tx: Queryable,
  { id, templateVersionId }: Pick<InterviewRow, 'id' | 'templateVersionId'>,
): Promise<FrozenTemplate> {
  if (templateVersionId === null) throw new Error(`interview ${id} has no template`)
  return frozenTemplate(tx, templateVersionId)
}

/** The questions an interview was opened with. */
export async function questionsOf(
  tx: Queryable,
  interview: Pick<InterviewRow, 'id' | 'templateVersionId'>,
): Promise<InterviewQuestion[]> {
  return (await templateOf(tx, interview)).questions
}

function thawed(row: FrozenTemplate): FrozenTemplate {
  return { ...row, questions: storedQuestions(row.questions), practice: storedPractice(row.practice) }
}
