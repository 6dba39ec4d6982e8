import type { ConsentState } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { StoredStatus } from '../domain/lifecycle.ts'

/** An interview as transitions read it. */
export interface InterviewRow {
  id: string
  applicationId: string
  postingId: string
  companyId: string
  companyName: string
  title: string
  candidateId: string
  candidateName: string
  invitedBy: string | null
  status: StoredStatus
  templateVersionId: string | null
  deadline: Date | null
  linkExpiresAt: Date | null
  submittedAt: Date | null
  consent: ConsentState
  consentVersion: string | null
  consentAt: Date | null
  overall: number | null
  decision: 'advance' | 'reject' | null
  decidedBy: string | null
  decidedAt: Date | null
  version: number
  createdAt: Date
}

export const interviewColumns = `id, application_id AS "applicationId", posting_id AS "postingId",
  company_id AS "companyId", company_name AS "companyName", title, candidate_id AS "candidateId",
  candidate_name AS "candidateName", invited_by AS "invitedBy", status, template_version_id AS "templateVersionId",
  deadline, link_expires_at AS "linkExpiresAt", submitted_at AS "submittedAt", consent,
  consent_version AS "consentVersion", consent_at AS "consentAt", overall, decision, decided_by AS "decidedBy",
  decided_at AS "decidedAt", version, created_at AS "createdAt"`

/** Whoever changes an interview locks its row first: transitions of one interview happen one after another. */
export async function lockInterview(tx: Queryable, id: string): Promise<InterviewRow | undefined> {
  const [row] = await tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview WHERE id = $1 FOR UPDATE`,
    [id],
  )
  return row
}

/** By the hash of the personal link's token. */
export async function lockByLink(tx: Queryable, tokenHash: string): Promise<InterviewRow | undefined> {
  const [row] = await tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview WHERE token_hash = $1 FOR UPDATE`,
    [tokenHash],
  )
  return row
}

export interface Reader {
  userId: string
  companies: string[]
}

/** For a member of its company. Candidates never meet their own interview on the company's side. */
export async function lockForMember(
  tx: Queryable,
  id: string,
  { userId, companies }: Reader,
): Promise<InterviewRow | undefined> {
  const [row] = await tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview
     WHERE id = $1 AND company_id = ANY($2::uuid[]) AND candidate_id <> $3 FOR UPDATE`,
    [id, companies, userId],
  )
  return row
}

/** A candidate's own. */
export async function lockForCandidate(
  tx: Queryable,
  id: string,
  candidateId: string,
): Promise<InterviewRow | undefined> {
  const [row] = await tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview WHERE id = $1 AND candidate_id = $2 FOR UPDATE`,
    [id, candidateId],
  )
  return row
}
