import { invited } from '@cenopie/interviews-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { record, type AuditRecord } from '../data/audit.ts'
import { openInterview, type Link } from '../data/interviews.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import type { FrozenTemplate } from '../data/postings.ts'
import { daysAfter } from '../domain/deadline.ts'
import { factsOf } from '../domain/facts.ts'
import { hashToken, newToken } from '../domain/personal-link.ts'

export interface LinkConfig {
  deadlineDays: number
  /** A link outlives the deadline, so that the candidate can see the status and withdraw consent. */
  linkGraceDays: number
}

export type Invite = (
  tx: Transaction,
  call: CallContext,
  interview: InterviewRow,
  template: FrozenTemplate,
  by: AuditRecord['actor'],
) => Promise<void>

/** Freezes the template for a waiting interview, makes its personal link and says so. */
export function inviter(outbox: Outbox, config: LinkConfig): Invite {
  return async (tx, call, interview, template, by) => {
    const now = new Date()
    const { token, ...link } = newLink(daysAfter(now, config.deadlineDays), config)
    const opened = await openInterview(tx, interview.id, template.versionId, link)
    await announce(outbox, tx, call, opened, template, { token, ...link })
    await record(tx, {
      interviewId: interview.id,
      actor: by,
      action: 'interview.invited',
      after: { templateVersionId: template.versionId, version: template.number, deadline: link.deadline },
      at: now,
    })
  }
}

export function newLink(deadline: Date, { linkGraceDays }: LinkConfig): Link & { token: string } {
  const token = newToken()
  return { token, tokenHash: hashToken(token), deadline, linkExpiresAt: daysAfter(deadline, linkGraceDays) }
}

export async function announce(
  outbox: Outbox,
  tx: Transaction,
  call: CallContext,
  interview: InterviewRow,
  { questions }: Pick<FrozenTemplate, 'questions'>,
  { token, deadline }: { token: string; deadline: Date },
): Promise<void> {
  const modes = [...new Set(questions.flatMap((question) => question.modes))]
  await outbox.publish(tx, call, invited, {
    entity: { id: interview.id, version: interview.version },
    payload: { ...factsOf(interview), token, deadline: deadline.toISOString(), modes },
  })
}
