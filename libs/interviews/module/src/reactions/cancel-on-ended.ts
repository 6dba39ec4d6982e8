import { jobsEvents } from '@cenopie/jobs-contract'
import type { EventEnvelope } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import { react } from '@cenopie/platform-outbox'
import { noteApplication } from '../data/applications.ts'
import { auditActor, record } from '../data/audit.ts'
import { lockInterview } from '../data/interview-row.ts'
import { cancelInterview } from '../data/interviews.ts'

type Ended = EventEnvelope<typeof jobsEvents.applicationRejected | typeof jobsEvents.applicationWithdrawn>

export const cancelOnRejected = react(jobsEvents.applicationRejected, 'cancel-on-rejected', (event, tx) =>
  cancel(event, tx),
)
export const cancelOnWithdrawn = react(jobsEvents.applicationWithdrawn, 'cancel-on-withdrawn', (event, tx) =>
  cancel(event, tx),
)

/** A decided interview stays as it is: the rejection may be its own consequence. */
async function cancel(event: Ended, tx: Transaction): Promise<void> {
  const known = await noteApplication(tx, event.payload.applicationId, event.entity.version)
  if (!known || known.interviewId === null) return
  const interview = await lockInterview(tx, known.interviewId)
  if (!interview || interview.status === 'decided' || interview.status === 'cancelled') return
  await cancelInterview(tx, interview.id)
  await record(tx, {
    interviewId: interview.id,
    actor: auditActor(event.actor),
    action: 'interview.cancelled',
    before: { status: interview.status },
    after: { status: 'cancelled', because: event.name },
    at: new Date(),
  })
}
