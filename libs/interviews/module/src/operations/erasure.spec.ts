import { interviewsEvents } from '@cenopie/interviews-contract'
import { service } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { outbox, type Outbox } from '@cenopie/platform-outbox'
import { callBy, userCall } from '@cenopie/platform-testing'
import { profileErased } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eraser } from './erase.ts'
import { eraseDueSchedule } from '../tasks/erase-due.ts'
import { eraseRecordings } from '../tasks/erase-recordings.ts'
import { nobody } from '../data/erasure.ts'
import { insertHumanReview } from '../data/human-reviews.ts'
import { lockForCandidate } from '../data/interview-row.ts'
import { gate } from '../testing/gate.ts'
import { outcome } from '../testing/outcome.ts'
import { heard } from '../testing/scripted-transcriber.ts'
import { spoken, startSpokenScene, type SpokenScene } from '../testing/spoken-scene.ts'
import { anyone, giveConsent, type Company, type Invitation } from '../testing/scene.ts'

let scene: SpokenScene
beforeAll(async () => {
  scene = await startSpokenScene({
    retentionCheckSeconds: 86_400,
    analystRetention: 'Logs for 30 days.',
    transcriberRetention: 'Sound for a day.',
  })
})
afterAll(() => scene.close())

const idOf = ({ interviewId }: Invitation) => ({ interviewId })
const unasked = { analystAskNotToStore: false, analystRetention: '', transcriberRetention: '' }
const said = 'Nobody else shall read this, said Ada Lovelace.'

/** Answers the first question in a recording, and submits. */
async function completeAloud(invitation: Invitation, text: string, confidence?: number): Promise<Invitation> {
  scene.transcriber.play(() => Promise.resolve(heard(text, confidence)))
  const { fileId } = await scene.beginTake(invitation)
  await scene.record(fileId)
  return scene.complete(invitation, { texts: ['', 'Me too.'] })
}

/** Everything that an interview can gather: answers, scores, cards, a review, categories, a decision. */
async function full(company?: Company): Promise<Invitation> {
  const invitation = await scene.invite(company)
  return decided(await scene.complete(invitation, { texts: [said, 'Me too.'] }))
}

/** … and a recording with its transcript, a device check, and what its candidate needs. */
async function fullAloud(): Promise<Invitation> {
  const invitation = await scene.invite(undefined, spoken)
  const { token, questions } = invitation
  await scene.client.showQuestion({ token, questionId: questions[0] ?? '' }, anyone())
  await scene.client.beginDeviceCheck({ token, mode: 'video' }, anyone())
  const need = { token, kind: 'more-time', note: 'Ada reads slowly.' } as const
  await scene.client.requestAlternative(need, anyone())
  return decided(await completeAloud(invitation, said))
}

async function decided(invitation: Invitation): Promise<Invitation> {
  const { interviewId, token, company: by } = invitation
  await scene.client.identifyMyself({ token, sex: 'female', ethnicity: 'white' }, anyone())
  await scene.app.idle()
  const { questions } = await scene.review(invitation)
  const answer = questions[0]?.answer
  const override = {
    interviewId,
    answerId: answer?.id ?? '',
    criterionId: answer?.analysis.scores[0]?.criterionId ?? '',
  }
  await scene.client.overrideScore({ ...override, score: 2, reason: 'Ada is shy.' }, by.recruiter)
  await scene.client.saveScorecard({ interviewId, scores: [], notes: 'Ada is kind.' }, by.interviewer)
  await scene.client.submitScorecard({ interviewId }, by.interviewer)
  const decision = { interviewId, decision: 'reject', reason: 'Ada was late.' } as const
  await scene.client.decideInterview(decision, by.recruiter)
  const review = { interviewId, reason: 'I, Ada, was not.' }
  await scene.client.requestHumanReview(review, invitation.candidate)
  const upheld = { interviewId, outcome: 'upheld', explanation: 'Ada was.' } as const
  await scene.client.resolveHumanReview(upheld, by.owner)
  return invitation
}

/** The platform's, in the module's schema: what waits in an outbox may name anybody. */
const notOurs =
  /^(outbox_.*|inbox|dead_letter|schedule|idempotency_key|confirmed_subscription|_prisma_migrations)$/

/** Every row of the module's schema that names one of these ids, by table. */
async function everythingOf(...ids: string[]): Promise<Record<string, unknown[]>> {
  const tables = await scene.app.sql<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema ORDER BY tablename',
  )
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const rows = notOurs.test(name)
      ? []
      : await scene.app.sql(`SELECT to_jsonb(t) AS row FROM ${name} t WHERE to_jsonb(t)::text ~ $1`, [
          ids.join('|'),
        ])
    if (rows.length > 0) found[name] = rows
  }
  return found
}

/** How many of the interviews are erased. */
async function erasedAmong(invitations: Invitation[]): Promise<number> {
  const ids = invitations.map(({ interviewId }) => interviewId)
  const rows = await scene.app.sql(
    'SELECT 1 FROM interview WHERE id = ANY($1::uuid[]) AND erased_at IS NOT NULL',
    [ids],
  )
  return rows.length
}

const decidedBefore = ({ interviewId }: Invitation, days: number) =>
  scene.app.sql(`UPDATE interview SET decided_at = now() - $2 * interval '1 day' WHERE id = $1`, [
    interviewId,
    days,
  ])

function runDue(through: Outbox = outbox): Promise<void> {
  const database = scene.app.platform.database('interviews')
  const { run } = eraseDueSchedule(database, eraser(through, eraseRecordings, unasked), {
    retentionCheckSeconds: 1,
  })
  return run(callBy(service('interviews')), new AbortController().signal)
}

test('a candidate erases an interview: nothing of them is left, and what accountability needs is', async () => {
  const invitation = await fullAloud()
  const { interviewId, applicationId, company, candidate } = invitation
  const { questions } = await scene.review(invitation)
  const answerIds = questions.flatMap(({ answer }) => (answer ? [answer.id] : []))
  const everything = () => everythingOf(interviewId, applicationId, candidate.actor.id, ...answerIds)
  const before = await everything()
  const [trailBefore] = await scene.app.sql<{ count: number }>(
    'SELECT count(*)::int FROM audit_entry WHERE interview_id = $1',
    [interviewId],
  )
  expect(Object.keys(before)).toEqual([
    ...['accommodation', 'analysis_step', 'answer', 'application', 'audit_entry', 'consent', 'device_check'],
    ...['human_review', 'interview', 'score', 'scorecard', 'self_identification', 'shown_question', 'take'],
    'transcript',
  ])
  expect(JSON.stringify(before.transcript)).toContain('Ada')

  for (const other of [userCall(), company.owner]) {
    expect(await outcome(scene.client.eraseMyInterview({ interviewId }, other))).toBe('not-found')
  }
  const receipt = await scene.client.eraseMyInterview({ interviewId }, candidate)
  expect(receipt).toMatchObject({
    interviewId,
    cause: 'candidate',
    counts: { answers: 2, scores: 3, scorecards: 1, humanReviews: 1, selfIdentifications: 1, recordings: 2 },
  })
  const left = await everything()
  expect(Object.keys(left)).toEqual(['application', 'audit_entry', 'consent', 'interview'])
  expect(left.application).toEqual([{ row: expect.objectContaining({ interview_id: null }) as unknown }])
  delete left.application
  for (const trace of [candidate.actor.id, 'Ada', 'Me too', applicationId, 'female']) {
    expect(JSON.stringify(left)).not.toContain(trace)
  }
  const review = await scene.review(invitation)
  expect(review).toMatchObject({
    status: 'decided',
    decision: 'reject',
    decidedBy: company.recruiter.actor.id,
    candidateId: nobody,
    templateVersion: 1,
    consent: { state: 'given' },
  })
  expect(review.questions.every(({ answer }) => answer === undefined)).toBe(true)
  const { items } = await scene.client.listAuditTrail({ interviewId, limit: 100 }, company.owner)
  expect(items).toHaveLength((trailBefore?.count ?? 0) + 1)
  expect(items.find(({ action }) => action === 'interview.decided')).toMatchObject({
    actor: { kind: 'user', id: company.recruiter.actor.id },
    after: { decision: 'reject' },
  })
  expect(items.at(-1)).toMatchObject({ action: 'interview.erased', after: { receiptId: receipt.receiptId } })
  const events = await scene.app.published(interviewsEvents.erased)
  expect(events.filter(({ payload }) => payload.interviewId === interviewId)).toMatchObject([
    { payload: { counts: receipt.counts, receiptId: receipt.receiptId } },
  ])
  expect(JSON.stringify(events)).not.toContain('Ada')
  expect(await outcome(scene.client.eraseMyInterview({ interviewId }, invitation.candidate))).toBe(
    'not-found',
  )
  expect((await scene.client.listMyInterviews({}, invitation.candidate)).items).toEqual([])
})

test('the receipt names what was sent to providers, and what they are known to keep', async () => {
  const evaluated = await full()
  const { providers } = await scene.client.eraseMyInterview(idOf(evaluated), evaluated.candidate)
  const [name, model, retention] = ['scripted', 'script-1', 'Logs for 30 days.']
  expect(providers).toEqual([{ role: 'analyst', name, model, askedNotToStore: true, retention }])

  const withdrawn = await scene.submit()
  await scene.app.idle()
  const { token } = withdrawn
  const decision = { decision: 'withdrawn', version: giveConsent.version } as const
  await scene.client.decideConsent({ token, ...decision }, anyone())
  const after = await scene.client.eraseMyInterview(idOf(withdrawn), withdrawn.candidate)
  expect(after.counts.scores).toBe(0)
  expect(after.providers).toEqual(providers)

  const declined = await scene.submit({ consent: false })
  const none = await scene.client.eraseMyInterview(idOf(declined), declined.candidate)
  expect(none.providers).toEqual([])
})

test('the receipt names a provider that was sent a recording, whatever became of its transcript', async () => {
  const transcriber = { role: 'transcriber', name: 'scripted', model: '1', askedNotToStore: false }
  const unsure = await completeAloud(await scene.invite(undefined, spoken), said, 0.2)
  await scene.app.idle()
  const { token } = unsure
  const decision = { decision: 'withdrawn', version: giveConsent.version } as const
  await scene.client.decideConsent({ token, ...decision }, anyone())
  expect(await everythingOf(unsure.interviewId)).not.toHaveProperty('transcript')
  const { providers } = await scene.client.eraseMyInterview(idOf(unsure), unsure.candidate)
  expect(providers).toContainEqual({ ...transcriber, retention: 'Sound for a day.' })
})

test('the trail of an interview that is not erased loses nothing, whoever the module’s role asks', async () => {
  const { interviewId } = await full()
  const own = scene.app.platform.database('interviews')
  const forget = `UPDATE audit_entry SET before = before - 'reason', after = after - 'reason' WHERE interview_id = $1`
  await expect(own.query(forget, [interviewId])).rejects.toThrow('append-only')
})

test('of an erased interview the trail loses the person, and cannot be rewritten beyond that', async () => {
  const { interviewId, candidate } = await full()
  await scene.client.eraseMyInterview({ interviewId }, candidate)
  const own = scene.app.platform.database('interviews')
  const change = (set: string) =>
    own.query(`UPDATE audit_entry SET ${set} WHERE interview_id = $1`, [interviewId])
  await expect(change(`action = 'nothing'`)).rejects.toThrow('append-only')
  await expect(change(`at = now()`)).rejects.toThrow('append-only')
  await expect(change(`after = '{"decision": "advance"}'`)).rejects.toThrow('append-only')
  await expect(change(`actor_id = '${nobody}'`)).rejects.toThrow('append-only')
  await expect(own.query('DELETE FROM audit_entry')).rejects.toThrow('append-only')
})

test('what is recorded is erased by the media domain, also when it cannot be asked at once', async () => {
  const invitation = await full()
  const { interviewId, company, questions } = invitation
  const fileIds = [newId(), newId()]
  const gone = () => fileIds.filter((id) => scene.media.gone.has(id))
  for (const [at, fileId] of fileIds.entries()) {
    await scene.app.sql(
      `INSERT INTO take (id, interview_id, question_id, number, mode, file_id, status, begun_at, expires_at)
       VALUES ($1, $2, $3, $4, 'video', $5, 'ready', now(), now())`,
      [newId(), interviewId, questions[0], at + 1, fileId],
    )
  }
  scene.media.go('down')
  const receipt = await scene.client.eraseInterview(
    { interviewId, reason: 'Asked by letter.' },
    company.admin,
  )
  expect(receipt).toMatchObject({ cause: 'company', counts: { recordings: 2 } })
  await vi.waitUntil(() => scene.media.turnedAway() > 0)
  expect(gone()).toEqual([])
  scene.media.go('up')
  await vi.waitUntil(() => gone().length > 0, { timeout: 15_000 })
  expect(gone()).toEqual(fileIds)
  const again = scene.client.eraseInterview({ interviewId, reason: 'Again.' }, company.admin)
  expect(await outcome(again)).toBe('interviews.erased')
})

test('an interview that is not decided is cancelled by its erasure, and its link is dead', async () => {
  const invitation = await scene.submit()
  const { interviewId, token, candidate } = invitation
  await scene.client.eraseMyInterview({ interviewId }, candidate)
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({
    status: 'cancelled',
    candidateName: 'Deleted candidate',
  })
  expect(await outcome(scene.client.viewLink({ token }, anyone()))).toBe('not-found')
  expect(await scene.app.sql('SELECT 1 FROM answer WHERE interview_id = $1', [interviewId])).toEqual([])
})

test('what a company keeps no longer is erased, by the setting in force, once however many runs there are', async () => {
  const company = scene.company()
  const [old, young, waiting] = [await full(company), await full(company), await full(company)]
  await decidedBefore(old, 31)
  await decidedBefore(young, 29)
  await decidedBefore(waiting, 31)
  await scene.app.sql(
    'UPDATE human_review SET outcome = NULL, resolved_at = NULL, resolved_by = NULL WHERE interview_id = $1',
    [waiting.interviewId],
  )
  await runDue()
  expect(await erasedAmong([old, young, waiting])).toBe(0)

  await scene.client.setRetention({ companyId: company.id, days: 30 }, company.owner)
  await Promise.all([runDue(), runDue()])
  await runDue()
  expect(await erasedAmong([old])).toBe(1)
  expect(await erasedAmong([young, waiting])).toBe(0)
  expect(await scene.count(interviewsEvents.erased, old.interviewId)).toBe(1)
})

test('a human review that is asked for while the interview falls due is answered first', async () => {
  const invitation = await scene.submit()
  const { interviewId, company, candidate } = invitation
  const decision = { interviewId, decision: 'reject', reason: 'No.' } as const
  await scene.client.decideInterview(decision, company.recruiter)
  await decidedBefore(invitation, 400)
  const held = gate()
  const asking = scene.app.platform.database('interviews').transaction(async (tx) => {
    const interview = await lockForCandidate(tx, interviewId, candidate.actor.id)
    if (interview) await insertHumanReview(tx, interview, 'Look again.', new Date())
    await held.pass()
  })
  await held.arrived
  let settled = false
  const run = runDue().finally(() => (settled = true))
  await vi.waitUntil(async () => settled || (await scene.waitsForLock()))
  held.open()
  await Promise.all([asking, run])
  expect(await erasedAmong([invitation])).toBe(0)

  const erasure = () =>
    outcome(scene.client.eraseInterview({ interviewId, reason: 'Asked by letter.' }, company.admin))
  expect(await erasure()).toBe('forbidden')
  await scene.client.resolveHumanReview({ interviewId, outcome: 'upheld', explanation: 'So.' }, company.owner)
  expect(await erasure()).toBe('ok')
})

test('who waits in vain for a template or a decision is erased a year after that was clear', async () => {
  const company = scene.company()
  const waiting = scene.application(company, scene.open(company))
  await waiting.advance()
  const { interviewId: submitted } = await scene.submit()
  const since = (days: number) =>
    scene.app.sql(
      `UPDATE interview SET created_at = now() - $3 * interval '1 day', submitted_at = now() - $3 * interval '1 day'
         * (CASE WHEN submitted_at IS NULL THEN NULL ELSE 1 END)
       WHERE application_id = $1 OR id = $2`,
      [waiting.applicationId, submitted, days],
    )
  const erased = () =>
    scene.app.sql(`SELECT 1 FROM interview WHERE (id = $1 OR company_id = $2) AND erased_at IS NOT NULL`, [
      submitted,
      company.id,
    ])
  await since(729)
  await runDue()
  expect(await erased()).toHaveLength(0)
  await since(731)
  await runDue()
  expect(await erased()).toHaveLength(2)
})

test('an expired and a cancelled interview are erased too; one that is submitted waits for its decision', async () => {
  const [expired, cancelled, submitted] = [await scene.invite(), await scene.invite(), await scene.submit()]
  for (const { interviewId } of [expired, cancelled, submitted]) {
    await scene.app.sql(
      `UPDATE interview SET deadline = now() - interval '400 days', submitted_at = submitted_at - interval '400 days'
       WHERE id = $1`,
      [interviewId],
    )
  }
  await scene.app.sql(`UPDATE interview SET status = 'cancelled' WHERE id = $1`, [cancelled.interviewId])
  await runDue()
  expect(await erasedAmong([expired, cancelled])).toBe(2)
  expect(await erasedAmong([submitted])).toBe(0)
})

test('a run that fails in the middle leaves each interview whole or erased, and the next one finishes', async () => {
  const company = scene.company()
  await scene.client.setRetention({ companyId: company.id, days: 30 }, company.owner)
  const due = [await full(company), await full(company), await full(company)]
  for (const invitation of due) await decidedBefore(invitation, 40)
  let published = 0
  const failing: Outbox = {
    ...outbox,
    publish: async (...args) => {
      published += 1
      if (published === 2) throw new Error('the connection is gone')
      return outbox.publish(...args)
    },
  }
  await expect(runDue(failing)).rejects.toThrow('1 interviews could not be erased')
  expect(await erasedAmong(due)).toBe(2)
  const [second] = due.slice(1)
  if (second) expect(JSON.stringify(await everythingOf(second.interviewId))).toContain(said)
  await runDue()
  expect(await erasedAmong(due)).toBe(3)
  for (const { interviewId } of due) expect(await scene.count(interviewsEvents.erased, interviewId)).toBe(1)
})

test('whoever erases their account is erased everywhere, once, however often it is told', async () => {
  const first = await full()
  const other = await full()
  const { candidate } = first
  const userId = candidate.actor.id
  await scene.app.sql('UPDATE interview SET candidate_id = $2 WHERE id = $1', [other.interviewId, userId])
  const stranger = await full()
  const told = {
    entity: { id: userId, version: 9 },
    payload: { userId, receiptId: newId(), erasedAt: '2026-11-23T00:00:00Z' },
  }
  await scene.app.deliver(profileErased, told)
  await scene.app.deliver(profileErased, told)
  await scene.app.idle()
  expect(await erasedAmong([first, other])).toBe(2)
  expect(await erasedAmong([stranger])).toBe(0)
  expect(await scene.count(interviewsEvents.erased, first.interviewId)).toBe(1)
  expect(JSON.stringify(await everythingOf(first.interviewId))).not.toContain(userId)
})

test('retention has bounds, a history, and is set by owners and admins', async () => {
  const company = scene.company()
  const companyId = company.id
  const set = (days: number, call = company.admin) => scene.client.setRetention({ companyId, days }, call)
  expect(await scene.client.getRetention({ companyId }, company.interviewer)).toEqual({
    companyId,
    days: 365,
    history: [],
  })
  expect(await outcome(set(29))).toBe('invalid-input days')
  expect(await outcome(set(1826))).toBe('invalid-input days')
  expect(await outcome(set(90, company.recruiter))).toBe('forbidden')
  expect(await outcome(set(90, userCall()))).toBe('not-found')
  await set(90)
  await set(90)
  expect(await set(120, company.owner)).toMatchObject({
    days: 120,
    history: [
      { days: 120, setBy: company.owner.actor.id },
      { days: 90, setBy: company.admin.actor.id },
    ],
  })
  const own = scene.app.platform.database('interviews')
  await expect(own.query('UPDATE retention_setting SET days = 30')).rejects.toThrow('append-only')
  await expect(own.query('DELETE FROM retention_setting')).rejects.toThrow('append-only')
})
