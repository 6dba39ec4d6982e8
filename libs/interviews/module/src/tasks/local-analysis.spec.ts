import { interviewsContract, interviewsEvents } from '@cenopie/interviews-contract'
import { jobsContract, jobsEvents } from '@cenopie/jobs-contract'
import { mediaContract } from '@cenopie/media-contract'
import { newId } from '@cenopie/platform-database'
import { anonymousCall, fake, testModule, userCall, type TestModule } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentText } from '../domain/consent.ts'
import { interviews } from '../index.ts'
import { content } from '../testing/content.ts'
import { postingOf } from '../testing/jobs-domain.ts'

let app: TestModule<typeof interviewsContract>
const companyId = newId()

beforeAll(async () => {
  const jobs = fake(jobsContract, {
    getPosting: ({ postingId }) => Promise.resolve(postingOf(postingId, companyId)),
  })
  app = await testModule(interviews, { requires: { jobs, media: fake(mediaContract) } })
})
afterAll(() => app.close())

test('as configured by default, answers are analysed in this process and every quote is literally in its answer', async () => {
  const recruiter = userCall({ memberships: { [companyId]: 'recruiter' } })
  const candidate = userCall()
  const ids = { applicationId: newId(), postingId: newId(), companyId, candidateId: candidate.actor.id }
  const names = { companyName: 'Analytical Engines', title: 'Engineer', candidateName: 'Ada Lovelace' }
  const { id: templateId, questions } = await app.client.createTemplate({ companyId, ...content }, recruiter)
  await app.client.publishTemplate({ templateId }, recruiter)
  await app.client.assignTemplate({ postingId: ids.postingId, templateId }, recruiter)
  await app.deliver(jobsEvents.applicationAdvanced, {
    entity: { id: ids.applicationId, version: 3 },
    payload: { ...ids, ...names, fromStage: 'screening', toStage: 'interview' },
  })
  const [invitation] = await app.published(interviewsEvents.invited)
  const { token = '', interviewId = '' } = invitation?.payload ?? {}
  const answer =
    'Last winter our payment service went down for two hours. I took responsibility for the incident and led the ' +
    'call with four engineers. We found a connection leak, I shipped the fix within 40 minutes, and I wrote the ' +
    'post-mortem. As a result we have had no such outage for ten months.'
  const anyone = anonymousCall()
  await app.client.decideConsent({ token, decision: 'given', version: consentText.version }, anyone)
  await app.client.saveAnswer({ token, questionId: questions[0]?.id ?? '', text: answer }, anyone)
  await app.client.submitInterview({ token }, anyone)
  await app.idle()

  const later = userCall({ memberships: { [companyId]: 'recruiter' } })
  const review = await app.client.reviewInterview({ interviewId }, later)
  expect(review.status).toBe('analysed')
  const analysis = review.questions[0]?.answer?.analysis
  expect(analysis).toMatchObject({ analyst: 'local', status: 'done', attempts: 1 })
  const quotes = analysis?.scores.flatMap((score) => score.quotes) ?? []
  expect(quotes.length).toBeGreaterThan(0)
  for (const { text, start, end } of quotes) expect(answer.slice(start, end)).toBe(text)
  expect(analysis?.scores.find(({ name }) => name === 'Ownership')?.score).toBeGreaterThan(0)
})
