import { jobsEvents } from '@cenopie/jobs-contract'
import { react } from '@cenopie/platform-outbox'
import { linkInterview, noteApplication } from '../data/applications.ts'
import { auditActor } from '../data/audit.ts'
import { isErasedCandidate } from '../data/erased-candidates.ts'
import { lockInterview } from '../data/interview-row.ts'
import { insertInterview } from '../data/interviews.ts'
import { lockPosting } from '../data/postings.ts'
import type { Invite } from '../operations/invite.ts'
import { endOnAdvanced } from './application-moves.ts'

/**
 * An application that reaches the interview stage is invited, or waits until its posting has a template. Moving back
 * and forth between stages does not invite twice; only a cancelled interview is followed by another. Who was erased is
 * not invited: events come in any order, and this one names them. One that goes on beyond the stage needs its interview
 * no more.
 */
export function inviteOnAdvanced(invite: Invite) {
  return react(jobsEvents.applicationAdvanced, 'invite-on-advanced', async (event, tx, call) => {
    const { actedBy, ...application } = event.payload
    const known = await noteApplication(tx, application.applicationId, event.entity.version)
    if (!known) return
    const { toStage } = application
    if (toStage === 'offer' || toStage === 'hired') await endOnAdvanced(event, tx, known.interviewId)
    if (toStage !== 'interview') return
    if (await isErasedCandidate(tx, application.candidateId)) return
    const earlier = known.interviewId === null ? undefined : await lockInterview(tx, known.interviewId)
    if (earlier && earlier.status !== 'cancelled') return
    const template = await lockPosting(tx, application.postingId, application.companyId)
    const interview = await insertInterview(tx, { ...application, invitedBy: actedBy }, new Date())
    await linkInterview(tx, application.applicationId, interview.id)
    if (template) await invite(tx, call, interview, template, auditActor(event.actor))
  })
}
