import { interviewsEvents } from '@cenopie/interviews-contract'
import { newId } from '@cenopie/platform-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome } from '../testing/outcome.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

async function analysed(): Promise<Invitation> {
  const invitation = await scene.submit()
  await scene.app.idle()
  return invitation
}

async function firstScore(invitation: Invitation) {
  const { questions } = await scene.review(invitation)
  const answer = questions[0]?.answer
  return {
    interviewId: invitation.interviewId,
    answerId: answer?.id ?? '',
    criterionId: answer?.analysis.scores[0]?.criterionId ?? '',
  }
}

test('a score is overridden with a reason; the analyst’s own stays beside it', async () => {
  const invitation = await analysed()
  const { recruiter, owner } = invitation.company
  const at = await firstScore(invitation)
  const override = { ...at, score: 0, reason: 'Somebody else did it.' }
  const answer = await scene.app.http({
    method: 'PUT',
    url: `/api/v1/interviews/${at.interviewId}/answers/${at.answerId}/criteria/${at.criterionId}/override`,
    actor: recruiter.actor,
    body: { score: override.score },
  })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }] } })
  expect(await outcome(scene.client.overrideScore({ ...override, reason: ' \n' }, recruiter))).toBe(
    'invalid-input reason',
  )

  const score = await scene.client.overrideScore(override, recruiter)
  expect(score).toMatchObject({
    score: 3,
    override: { score: 0, reason: override.reason, by: recruiter.actor.id },
  })
  // Ownership weighs 3 of 5: (0·3 + 3·1 + 3·1) / 5.
  expect(await scene.review(invitation)).toMatchObject({ overall: 1.2, aiOverall: 3 })
  await scene.client.overrideScore(override, recruiter)
  await scene.client.overrideScore({ ...override, score: 2, reason: 'He led it.' }, owner)

  const { items } = await scene.client.listAuditTrail({ interviewId: at.interviewId, limit: 100 }, owner)
  expect(items.filter(({ action }) => action === 'score.overridden')).toMatchObject([
    {
      actor: { kind: 'user', id: recruiter.actor.id },
      before: { score: 3, overall: 3 },
      after: { score: 0, reason: override.reason, overall: 1.2 },
    },
    { actor: { id: owner.actor.id }, before: { score: 0 }, after: { score: 2, reason: 'He led it.' } },
  ])
})

test('there is nothing to override without a score', async () => {
  const invitation = await scene.submit({ consent: false })
  const { questions } = await scene.review(invitation)
  const input = {
    interviewId: invitation.interviewId,
    answerId: questions[0]?.answer?.id ?? '',
    criterionId: questions[0]?.question.criteria[0]?.id ?? '',
    score: 1,
    reason: 'Because.',
  }
  const { recruiter } = invitation.company
  expect(await outcome(scene.client.overrideScore(input, recruiter))).toBe('interviews.not-analysed')
  const other = await firstScore(await analysed())
  const foreign = { ...input, answerId: other.answerId, criterionId: other.criterionId }
  expect(await outcome(scene.client.overrideScore(foreign, recruiter))).toBe('interviews.not-analysed')
})

test('reviewers see the scorecards of others only after submitting their own', async () => {
  const invitation = await scene.submit({ consent: false })
  const { interviewId, company, template } = invitation
  const [question] = template.questions
  const scores = [{ questionId: question?.id ?? '', criterionId: question?.criteria[0]?.id ?? '', score: 4 }]
  const card = { interviewId, scores, notes: 'Convincing.', recommendation: 'yes' as const }
  const { interviewer, recruiter } = company
  expect(await scene.client.saveScorecard({ ...card, notes: 'Draft.' }, interviewer)).toMatchObject({
    status: 'draft',
  })
  expect(await scene.client.saveScorecard(card, interviewer)).toMatchObject({ notes: 'Convincing.' })
  const list = (as: typeof recruiter) => scene.client.listScorecards({ interviewId }, as)
  expect(await list(recruiter)).toEqual({ others: [], hidden: 0 })

  await scene.client.submitScorecard({ interviewId }, interviewer)
  expect(await list(recruiter)).toEqual({ others: [], hidden: 1 })
  await scene.client.saveScorecard({ interviewId, scores: [], notes: 'Mine.' }, recruiter)
  expect(await list(recruiter)).toMatchObject({ own: { status: 'draft' }, others: [], hidden: 1 })
  await scene.client.submitScorecard({ interviewId }, recruiter)
  expect(await list(recruiter)).toMatchObject({
    own: { status: 'submitted', notes: 'Mine.' },
    others: [{ reviewerId: interviewer.actor.id, notes: 'Convincing.', recommendation: 'yes', scores }],
    hidden: 0,
  })

  expect(await outcome(scene.client.saveScorecard(card, interviewer))).toBe('interviews.scorecard-submitted')
  expect(await outcome(scene.client.submitScorecard({ interviewId }, interviewer))).toBe(
    'interviews.scorecard-submitted',
  )
  expect(await outcome(scene.client.submitScorecard({ interviewId }, company.owner))).toBe('not-found')
})

test('a scorecard scores criteria of the rubric, each once, after the submission', async () => {
  const early = await scene.invite()
  const empty = { interviewId: early.interviewId, scores: [], notes: '' }
  expect(await outcome(scene.client.saveScorecard(empty, early.company.interviewer))).toBe(
    'interviews.not-reviewable',
  )
  const { interviewId, company, template } = await scene.submit({ consent: false })
  const [question] = template.questions
  const good = { questionId: question?.id ?? '', criterionId: question?.criteria[0]?.id ?? '', score: 1 }
  const save = (...scores: (typeof good)[]) =>
    outcome(scene.client.saveScorecard({ interviewId, scores, notes: '' }, company.interviewer))
  expect(await save(good, good)).toBe('invalid-input scores.1.criterionId')
  expect(await save({ ...good, criterionId: newId() })).toBe('invalid-input scores.0.criterionId')
})

test('of several decisions at once one counts, and others are told once', async () => {
  const { interviewId, company } = await analysed()
  const decide = (decision: 'advance' | 'reject') =>
    outcome(
      scene.client.decideInterview(
        { interviewId, decision, reason: 'Read and discussed.' },
        company.recruiter,
      ),
    )
  const outcomes = await Promise.all([
    decide('advance'),
    decide('reject'),
    decide('advance'),
    decide('reject'),
  ])
  expect(outcomes.toSorted()).toEqual([...Array<string>(3).fill('interviews.already-decided'), 'ok'])
  const events = (await scene.app.published(interviewsEvents.decided)).filter(
    ({ entity }) => entity.id === interviewId,
  )
  expect(events).toHaveLength(1)
  const { payload } = events[0] ?? {}
  expect(payload).toMatchObject({ reason: 'Read and discussed.', decidedBy: company.recruiter.actor.id })
  expect(await scene.client.getInterview({ interviewId }, anyone())).toMatchObject({
    status: 'decided',
    decision: payload?.decision,
  })
})

test('a decision closes overrides and scorecards, shows all scorecards, and needs a submission', async () => {
  const early = await scene.invite()
  const soon = { interviewId: early.interviewId, decision: 'reject', reason: 'Too slow.' } as const
  expect(await outcome(scene.client.decideInterview(soon, early.company.recruiter))).toBe(
    'interviews.not-reviewable',
  )

  const invitation = await analysed()
  const { interviewId, company } = invitation
  const card = { interviewId, scores: [], notes: 'Mine.' }
  await scene.client.saveScorecard(card, company.interviewer)
  await scene.client.submitScorecard({ interviewId }, company.interviewer)
  const at = await firstScore(invitation)
  await scene.client.decideInterview(
    { interviewId, decision: 'advance', reason: 'Clear.' },
    company.recruiter,
  )
  const { recruiter } = company
  expect(await outcome(scene.client.overrideScore({ ...at, score: 1, reason: 'Late.' }, recruiter))).toBe(
    'interviews.already-decided',
  )
  expect(await outcome(scene.client.saveScorecard(card, recruiter))).toBe('interviews.already-decided')
  expect(await scene.client.listScorecards({ interviewId }, recruiter)).toMatchObject({
    others: [{ notes: 'Mine.' }],
    hidden: 0,
  })
})

test('answers are the candidate’s own until they submit', async () => {
  const invitation = await scene.invite()
  await scene.answer(invitation, 'Half a thought.')
  expect(JSON.stringify(await scene.review(invitation))).not.toContain('Half a thought.')
})

test('the audit trail only grows, whoever the module’s role asks', async () => {
  await analysed()
  const own = scene.app.platform.database('interviews')
  const count = async () => (await scene.app.sql('SELECT 1 FROM audit_entry')).length
  const before = await count()
  expect(before).toBeGreaterThan(0)
  await expect(own.query(`UPDATE audit_entry SET action = 'nothing'`)).rejects.toThrow('append-only')
  await expect(own.query('DELETE FROM audit_entry')).rejects.toThrow('append-only')
  await expect(own.query('TRUNCATE audit_entry')).rejects.toThrow('append-only')
  await expect(scene.app.sql('DELETE FROM audit_entry')).rejects.toThrow('append-only')
  expect(await count()).toBe(before)
})

test('the trail pages in the order in which things happened', async () => {
  const { interviewId, company } = await analysed()
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { interviewId, limit: 2, ...(cursor === undefined ? {} : { cursor }) }
    const page = await scene.client.listAuditTrail(query, company.recruiter)
    seen.push(...page.items.map(({ action }) => action))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(seen[0]).toBe('interview.invited')
  expect(seen.at(-1)).toBe('interview.analysed')
  expect(seen).toHaveLength(6)
})

test('the list of a company filters and pages, newest first, and refuses a forged cursor', async () => {
  const company = scene.company()
  const invitations: Invitation[] = []
  for (let i = 0; i < 3; i += 1) invitations.unshift(await scene.invite(company))
  const [newest, middle] = invitations
  if (newest) await scene.complete(newest, { consent: false })
  const list = (query: object = {}) =>
    scene.client.listInterviews({ companyId: company.id, ...query }, company.interviewer)
  const first = await list({ limit: 2 })
  expect(first.items.map(({ id }) => id)).toEqual([newest?.interviewId, middle?.interviewId])
  const rest = await list({ limit: 2, cursor: first.nextCursor })
  expect(rest.items.map(({ id }) => id)).toEqual([invitations[2]?.interviewId])
  expect(rest).not.toHaveProperty('nextCursor')
  expect((await list({ status: 'human-review' })).items).toMatchObject([{ id: newest?.interviewId }])
  expect((await list({ postingId: middle?.postingId })).items).toMatchObject([{ id: middle?.interviewId }])
  expect(await outcome(list({ cursor: 'bm90IGEgY3Vyc29y' }))).toBe('invalid-input cursor')
})
