import type {
  AnsweredQuestion,
  ApplicationReference,
  PostingState,
  RejectionReason,
  ScreeningQuestion,
  Stage,
} from '@cenopie/jobs-contract'
import type { Queryable } from '@cenopie/platform-database'
import { newId } from '@cenopie/platform-database'

/** Whose applications a statement may touch; part of its WHERE. */
export type Scope = { companies: string[] } | { candidate: string } | 'any'

/** Who did it, for the history. */
export interface HistoryActor {
  kind: 'user' | 'service'
  id: string
}

export interface OpenPosting {
  id: string
  companyId: string
  companyName: string
  title: string
  questions: ScreeningQuestion[]
  state: PostingState
}

/**
 * A posting for somebody who wants to apply. With `hold` it can be read but not changed by others until the
 * transaction ends, so that nobody applies to what is being closed.
 */
export async function findForApplying(
  db: Queryable,
  postingId: string,
  hold: boolean,
): Promise<OpenPosting | undefined> {
  const [posting] = await db.query<OpenPosting>(
    `SELECT p.id, p.company_id AS "companyId", c.name AS "companyName", p.title, p.questions,
       CASE WHEN p.state = 'published' AND p.expires_at <= now() THEN 'expired' ELSE p.state END AS state
     FROM posting p JOIN company c ON c.id = p.company_id WHERE p.id = $1 ${hold ? 'FOR SHARE OF p' : ''}`,
    [postingId],
  )
  return posting
}

export interface NewApplication {
  id: string
  postingId: string
  companyId: string
  candidateId: string
  candidateName: string
  headline: string | undefined
  location: string | undefined
  coverLetter: string | undefined
  answers: AnsweredQuestion[]
  considerForOthers: boolean
  at: Date
}

/** Writes an application with the first entry of its history; false when an open one exists already. */
export async function insertApplication(tx: Queryable, application: NewApplication): Promise<boolean> {
  const { id, candidateId, at } = application
  const written = await tx.query(
    `INSERT INTO application (id, posting_id, company_id, candidate_id, candidate_name, headline, location,
       cover_letter, answers, consider_for_others, stage, version, applied_at, stage_changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, 'applied', 1, $11, $11)
     ON CONFLICT (posting_id, candidate_id) WHERE stage <> 'withdrawn' DO NOTHING RETURNING id`,
    [
      id,
      application.postingId,
      application.companyId,
      candidateId,
      application.candidateName,
      application.headline,
      application.location,
      application.coverLetter,
      JSON.stringify(application.answers),
      application.considerForOthers,
      at,
    ],
  )
  if (written.length === 0) return false
  await insertStageChange(tx, id, { to: 'applied', actor: { kind: 'user', id: candidateId }, at })
  return true
}

const reference = `a.id, a.posting_id AS "postingId", a.company_id AS "companyId", c.name AS "companyName", p.title,
  a.candidate_id AS "candidateId", a.candidate_name AS "candidateName", a.stage, a.version`
const joined = 'posting p JOIN company c ON c.id = p.company_id'

/** What others need to know of an application; with `lock`, nobody moves it until the transaction ends. */
export async function findReference(
  db: Queryable,
  applicationId: string,
  scope: Scope,
  lock = false,
): Promise<ApplicationReference | undefined> {
  const { where, values } = within(scope, 2)
  const [row] = await db.query<ApplicationReference>(
    `SELECT ${reference} FROM application a JOIN ${joined} ON p.id = a.posting_id
     WHERE a.id = $1 ${where} ${lock ? 'FOR UPDATE OF a' : ''}`,
    [applicationId, ...values],
  )
  return row
}

export interface Move {
  from: Stage
  to: Stage
  actor: HistoryActor
  at: Date
  rejection?: { reason: RejectionReason; message?: string | undefined } | undefined
  /** By somebody who knows of a changed decision, if there is one: it is followed, or overruled. */
  settlesChange?: boolean
}

/**
 * Moves an application that is still in stage `from` and records it; undefined when there is none in `scope`. Out of
 * `rejected` leads nothing but a decision that was changed to `advance`.
 */
export async function moveApplication(
  tx: Queryable,
  applicationId: string,
  scope: Scope,
  move: Move,
): Promise<ApplicationReference | undefined> {
  const { where, values } = within(scope, 8)
  const [moved] = await tx.query<ApplicationReference>(
    `UPDATE application a SET stage = $3, version = a.version + 1, stage_changed_at = $4,
       rejection_reason = $5, rejection_message = $6,
       decision_changed_to = CASE WHEN $7 THEN NULL ELSE a.decision_changed_to END
     FROM ${joined} WHERE a.id = $1 AND a.stage = $2 AND p.id = a.posting_id
       AND (a.stage <> 'rejected' OR a.decision_changed_to = 'advance') ${where} RETURNING ${reference}`,
    [
      applicationId,
      move.from,
      move.to,
      move.at,
      move.rejection?.reason,
      move.rejection?.message,
      move.settlesChange ?? false,
      ...values,
    ],
  )
  if (moved) await insertStageChange(tx, applicationId, move)
  return moved
}

function within(scope: Scope, at: number): { where: string; values: unknown[] } {
  if (scope === 'any') return { where: '', values: [] }
  return 'candidate' in scope
    ? { where: `AND a.candidate_id = $${at}::uuid`, values: [scope.candidate] }
    : { where: `AND a.company_id = ANY($${at}::uuid[])`, values: [scope.companies] }
}

async function insertStageChange(
  tx: Queryable,
  applicationId: string,
  { from, to, actor, at }: Omit<Move, 'from'> & { from?: Stage },
): Promise<void> {
  await tx.query(
    `INSERT INTO stage_change (id, application_id, from_stage, to_stage, actor_kind, actor_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), applicationId, from, to, actor.kind, actor.id, at],
  )
}

/** Notes what became of the decision; nothing moves. Withdrawn is withdrawn. */
export async function noteChangedDecision(
  tx: Queryable,
  { applicationId, companyId }: { applicationId: string; companyId: string },
  { to, at, by }: { to: 'advance' | 'reject'; at: Date; by: string },
): Promise<void> {
  await tx.query(
    `UPDATE application SET decision_changed_to = $3, decision_changed_at = $4, decision_changed_by = $5
     WHERE id = $1 AND company_id = $2 AND stage NOT IN ('hired', 'withdrawn')`,
    [applicationId, companyId, to, at, by],
  )
}
