import { newId } from '@cenopie/platform-database'
import { userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome } from '../testing/outcome.ts'
import { anyone, startScene, type Company, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

const period = { from: '2026-01-01', to: '2026-12-31' }

interface Decided {
  sex: string
  ethnicity?: string
  decision: string
  score?: number
  decidedAt?: string
}

/** Decided interviews as the rows that remain of them. */
async function decided({ id }: Company, count: number, facts: Decided): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const interviewId = newId()
    await scene.app.sql(
      `INSERT INTO interview (id, application_id, posting_id, company_id, company_name, title, candidate_id,
         candidate_name, status, decision, decided_at, ai_overall, created_at)
       VALUES ($1, $1, $1, $2, 'C', 'T', $1, 'N', 'decided', $3, $4, $5, now())`,
      [interviewId, id, facts.decision, facts.decidedAt ?? '2026-06-01T00:00:00Z', facts.score ?? null],
    )
    await scene.app.sql(`INSERT INTO self_identification VALUES ($1, $2, $3, $4, now())`, [
      interviewId,
      id,
      facts.sex,
      facts.ethnicity ?? 'white',
    ])
  }
}

test('a company’s owners count who was advanced and scored above the median, in a period', async () => {
  const company = scene.company()
  await decided(company, 6, { sex: 'male', decision: 'advance', score: 4 })
  await decided(company, 4, { sex: 'male', decision: 'reject', score: 1 })
  await decided(company, 5, { sex: 'female', decision: 'advance', score: 2 })
  await decided(company, 5, { sex: 'female', decision: 'reject', score: 3 })
  await decided(company, 5, { sex: 'declined', ethnicity: 'declined', decision: 'reject', score: 0 })
  await decided(company, 5, { sex: 'female', decision: 'reject', decidedAt: '2025-12-31T23:59:59.999Z' })
  await decided(company, 1, { sex: 'male', decision: 'reject', decidedAt: '2027-01-01T00:00:00Z' })
  await decided(scene.company(), 9, { sex: 'female', decision: 'advance', score: 4 })

  const input = { companyId: company.id, ...period }
  const audit = await scene.client.exportBiasAudit(input, company.owner)
  expect(audit).toMatchObject({
    applicants: 25,
    unknown: { sex: 5, ethnicity: 5, intersectional: 5 },
    // Of 5 × 0, 4 × 1, 5 × 2, 5 × 3, 6 × 4 the thirteenth.
    medianScore: 2,
    bySex: [
      {
        sex: 'female',
        applicants: 10,
        selected: 5,
        selectionRate: 0.5,
        selectionImpactRatio: 0.8333,
        aboveMedian: 5,
      },
      {
        sex: 'male',
        applicants: 10,
        selected: 6,
        selectionRate: 0.6,
        selectionImpactRatio: 1,
        aboveMedian: 6,
      },
    ],
  })
  expect(await scene.client.exportBiasAudit(input, company.admin)).toMatchObject({ applicants: 25 })

  const csv = await scene.app.http({
    method: 'GET',
    url: `/api/v1/interviews/bias-audit.csv?companyId=${company.id}&from=${period.from}&to=${period.to}`,
    actor: company.owner.actor,
  })
  expect(csv.status).toBe(200)
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('content-disposition')).toContain('bias-audit-2026-01-01-2026-12-31.csv')
  expect(String(csv.body)).toContain('sex,2026-01-01,2026-12-31,male,,,10,6,0.6,1,10,6,0.6,1\r\n')
})

test('only owners and admins, and only with a period that goes forward', async () => {
  const company = scene.company()
  const input = { companyId: company.id, ...period }
  const ask = (call = company.owner, changes: object = {}) =>
    outcome(scene.client.exportBiasAudit({ ...input, ...changes }, call))
  expect(await ask(company.recruiter)).toBe('forbidden')
  expect(await ask(company.interviewer)).toBe('forbidden')
  expect(await ask(userCall())).toBe('not-found')
  expect(await ask(company.owner, { to: '2025-12-31' })).toBe('invalid-input to')
  expect(await ask(company.owner, { from: '2020-01-01' })).toBe('invalid-input to')
})

test('a candidate’s categories are shown to nobody who reviews, and never given to the analyst', async () => {
  const invitation = await scene.invite()
  const { interviewId, token, company } = invitation
  const told = { token, sex: 'female', ethnicity: 'two-or-more-races' } as const
  await scene.client.identifyMyself({ ...told, sex: 'male' }, anyone())
  const answered = await scene.client.identifyMyself(told, anyone())
  expect(await scene.client.identifyMyself(told, anyone())).toEqual(answered)
  expect(
    await scene.app.sql(
      `SELECT 1 FROM audit_entry WHERE interview_id = $1 AND action = 'self-identification.answered'`,
      [interviewId],
    ),
  ).toHaveLength(2)
  expect(
    await scene.app.sql('SELECT sex FROM self_identification WHERE interview_id = $1', [interviewId]),
  ).toEqual([{ sex: 'female' }])
  await scene.complete(invitation)
  await scene.app.idle()
  const { owner, id } = company
  const decision = { interviewId, decision: 'advance', reason: 'Good.' } as const
  const { decidedAt } = await scene.client.decideInterview(decision, owner)
  const decidedOn = decidedAt.slice(0, 10)
  const shown = JSON.stringify([
    await scene.review(invitation),
    await scene.client.exportInterview({ interviewId }, owner),
    await scene.client.listAuditTrail({ interviewId, limit: 100 }, owner),
    await scene.client.compareInterviews({ companyId: id, postingId: invitation.postingId }, owner),
    await scene.client.listInterviews({ companyId: id }, owner),
    await scene.client.getInterview({ interviewId }, anyone()),
    await scene.client
      .exportBiasAudit({ companyId: id, from: decidedOn, to: decidedOn }, owner)
      .then(({ intersectional }) => intersectional.filter(({ applicants }) => (applicants ?? 0) > 0)),
    scene.analyst.asked.map(({ input }) => input),
  ])
  expect(shown).not.toMatch(/female|two-or-more/)
  expect(await outcome(scene.client.identifyMyself({ ...told, token: 'x' }, anyone()))).toBe('not-found')
})
