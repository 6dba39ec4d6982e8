import { jobsEvents } from '@cenopie/jobs-contract'
import type { EventEnvelope } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import { react } from '@cenopie/platform-outbox'
import { noteApplication } from '../data/applications.ts'
import { auditActor, record } from '../data/audit.ts'
import { lockInterview, type InterviewRow } from '../data/interview-row.ts'
import { cancelInterview, decide } from '../data/interviews.ts'
import { isOneOf, reviewable } from '../domain/lifecycle.ts'

const { applicationHired, applicationRejected, applicationWithdrawn } = jobsEvents
type Advanced = EventEnvelope<typeof jobsEvents.applicationAdvanced>
type Moved =
  Advanced | EventEnvelope<typeof applicationHired | typeof applicationRejected | typeof applicationWithdrawn>
type Decision = NonNullable<InterviewRow['decision']>

export const endOnRejected = react(applicationRejected, 'cancel-on-rejected', async (event, tx) => {
  const { fromStage, actedBy, reason } = event.payload
  // Who was rejected after an offer had come through the interview; that may be heard first.
  const decision: Decision = fromStage === 'offer' ? 'advance' : 'reject'
  await end(event, tx, { decision, by: actedBy, reason: `The application was rejected: ${reason}.` })
})

export const endOnHired = react(applicationHired, 'end-on-hired', (event, tx) =>
  end(event, tx, { decision: 'advance', by: event.payload.actedBy, reason: 'The candidate was hired.' }),
)

export const cancelOnWithdrawn = react(applicationWithdrawn, 'cancel-on-withdrawn', (event, tx) =>
  end(event, tx),
)

/** An application that went on without the interview's decision: that it goes on is the decision. */
export function endOnAdvanced(event: Advanced, tx: Transaction, interviewId: string | null): Promise<void> {
  const { toStage, actedBy } = event.payload
  const reason = `The application went on to the stage “${toStage}”.`
  return endInterview(event, tx, interviewId, { decision: 'advance', by: actedBy, reason })
}

interface Outcome {
  decision: Decision
  by: string | undefined
  reason: string
}

async function end(event: Moved, tx: Transaction, outcome?: Outcome): Promise<void> {
  const known = await noteApplication(tx, event.payload.applicationId, event.entity.version)
  if (known) await endInterview(event, tx, known.interviewId, outcome)
}

/**
 * What became of the application ends its interview: one that was submitted is decided by whoever moved the
 * application, one that was not, or whose candidate has withdrawn, is cancelled. Nothing is published: the event heard
 * says it already. A decided interview stays as it is: the move may be its own consequence.
 */
async function endInterview(
  { name, actor, occurredAt }: Moved,
  tx: Transaction,
  interviewId: string | null,
  outcome?: Outcome,
): Promise<void> {
  const interview = interviewId === null ? undefined : await lockInterview(tx, interviewId)
  if (!interview || interview.status === 'decided' || interview.status === 'cancelled') return
  const at = new Date(occurredAt)
  const { id, status } = interview
  const entry = { interviewId: id, actor: auditActor(actor), before: { status }, at }
  if (outcome && isOneOf(status, reviewable)) {
    await decide(tx, id, { ...outcome, at })
    const { decision, reason } = outcome
    const after = { status: 'decided', decision, reason, because: name }
    await record(tx, { ...entry, action: 'interview.decided', after })
  } else {
    await cancelInterview(tx, id, at)
    await record(tx, {
      ...entry,
      action: 'interview.cancelled',
      after: { status: 'cancelled', because: name },
    })
  }
}
