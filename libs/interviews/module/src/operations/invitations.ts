import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, invalid } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { auditActor, record } from '../data/audit.ts'
import { moveDeadline, renewLink } from '../data/interviews.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { templateOf } from '../data/postings.ts'
import { summaryOf } from '../data/summaries.ts'
import { daysAfter, refuseDeadline } from '../domain/deadline.ts'
import { isOneOf, open } from '../domain/lifecycle.ts'
import { lockManaged } from './authorise.ts'
import { announce, newLink, type LinkConfig } from './invite.ts'
import type { Operations } from './types.ts'

export function invitationOperations(
  database: Database,
  outbox: Outbox,
  config: LinkConfig,
): Operations<'resendInvitation' | 'extendDeadline'> {
  return {
    async resendInvitation({ interviewId }, call) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = requireInvited(await lockManaged(tx, interviewId, call.actor))
        const present = interview.deadline
        const deadline = present && present > now ? present : daysAfter(now, config.deadlineDays)
        const { token, ...link } = newLink(deadline, config)
        const renewed = await renewLink(tx, interview.id, link)
        await announce(outbox, tx, call, renewed, await templateOf(tx, renewed), { token, deadline })
        await record(tx, {
          interviewId,
          actor: auditActor(call.actor),
          action: 'invitation.resent',
          before: { deadline: present },
          after: { deadline },
          at: now,
        })
        return summaryOf(renewed, now)
      })
    },

    async extendDeadline({ interviewId, ...input }, { actor }) {
      const now = new Date()
      const deadline = new Date(input.deadline)
      return database.transaction(async (tx) => {
        const interview = requireInvited(await lockManaged(tx, interviewId, actor))
        const message = refuseDeadline(deadline, interview.deadline, now)
        if (message !== undefined) throw invalid({ field: 'deadline', message })
        if (interview.deadline?.getTime() === deadline.getTime()) return summaryOf(interview, now)
        const moved = await moveDeadline(
          tx,
          interview.id,
          deadline,
          daysAfter(deadline, config.linkGraceDays),
        )
        await record(tx, {
          interviewId,
          actor: auditActor(actor),
          action: 'deadline.extended',
          before: { deadline: interview.deadline },
          after: { deadline },
          at: now,
        })
        return summaryOf(moved, now)
      })
    },
  }
}

/** Invited and not submitted; the deadline may have passed. */
function requireInvited(interview: InterviewRow): InterviewRow {
  if (!isOneOf(interview.status, open)) throw new Fault(interviewFaults.notOpen)
  return interview
}
