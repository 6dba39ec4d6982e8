import { newId, type Queryable } from '@cenopie/platform-database'
import { interviewColumns, type InterviewRow } from './interview-row.ts'

export interface NewInterview {
  applicationId: string
  postingId: string
  companyId: string
  companyName: string
  title: string
  candidateId: string
  candidateName: string
  invitedBy?: string | undefined
}

/** Starts as `waiting`: nobody is told before a template is frozen for it. */
export async function insertInterview(
  tx: Queryable,
  interview: NewInterview,
  now: Date,
): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `INSERT INTO interview (id, application_id, posting_id, company_id, company_name, title, candidate_id,
         candidate_name, invited_by, status, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10) RETURNING ${interviewColumns}`,
      [
        newId(),
        interview.applicationId,
        interview.postingId,
        interview.companyId,
        interview.companyName,
        interview.title,
        interview.candidateId,
        interview.candidateName,
        interview.invitedBy ?? null,
        now,
      ],
    ),
  )
}

export interface Link {
  tokenHash: string
  deadline: Date
  linkExpiresAt: Date
}

/** Freezes the template version and opens the interview. */
export async function openInterview(
  tx: Queryable,
  id: string,
  templateVersionId: string,
  link: Link,
): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET status = 'invited', template_version_id = $2, token_hash = $3, deadline = $4,
         link_expires_at = $5, version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [id, templateVersionId, link.tokenHash, link.deadline, link.linkExpiresAt],
    ),
  )
}

/** A new link; the one before stops working because only one hash is kept. */
export async function renewLink(tx: Queryable, id: string, link: Link): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET token_hash = $2, deadline = $3, link_expires_at = $4, version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [id, link.tokenHash, link.deadline, link.linkExpiresAt],
    ),
  )
}

export async function moveDeadline(
  tx: Queryable,
  id: string,
  deadline: Date,
  linkExpiresAt: Date,
): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET deadline = $2, link_expires_at = $3, version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [id, deadline, linkExpiresAt],
    ),
  )
}

/** Also stops what is queued: an analysis starts and stores only while the status allows it. */
export async function cancelInterview(tx: Queryable, id: string, at: Date): Promise<InterviewRow> {
  await tx.query(
    `UPDATE answer SET analysis = 'cancelled' WHERE interview_id = $1 AND analysis IN ('queued', 'running', 'failed')`,
    [id],
  )
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET status = 'cancelled', cancelled_at = $2, version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [id, at],
    ),
  )
}

/** Takes the analysis that has not happened yet out of the queue: a person has decided without it. */
export async function decide(
  tx: Queryable,
  id: string,
  decision: { decision: string; reason: string; by: string | undefined; at: Date },
): Promise<InterviewRow> {
  await tx.query(
    `UPDATE answer SET analysis = 'cancelled' WHERE interview_id = $1 AND analysis IN ('queued', 'running')`,
    [id],
  )
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET status = 'decided', decision = $2, decision_reason = $3, decided_by = $4, decided_at = $5,
         version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [id, decision.decision, decision.reason, decision.by, decision.at],
    ),
  )
}

/** Claims open interviews whose deadline comes within the window and whose candidate was not reminded yet. */
export async function claimReminders(
  tx: Queryable,
  now: Date,
  until: Date,
  limit: number,
): Promise<InterviewRow[]> {
  return tx.query<InterviewRow>(
    `UPDATE interview SET reminded_at = $1, version = version + 1 WHERE id IN (
       SELECT id FROM interview WHERE status IN ('invited', 'in-progress') AND reminded_at IS NULL
         AND deadline > $1 AND deadline <= $2 ORDER BY deadline LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING ${interviewColumns}`,
    [now, until, limit],
  )
}

export function one<T>(rows: T[]): T {
  const [row] = rows
  if (row === undefined) throw new Error('a locked row is gone')
  return row
}
