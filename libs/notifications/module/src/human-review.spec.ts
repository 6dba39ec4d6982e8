import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { anonymousCall, callBy, userActor } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entity, mainJob } from './test-support/facts.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterAll(() => on.close())

const { alternativeRequested, humanReviewRequested, humanReviewResolved, decisionChanged } = interviewsEvents
const subjectsTo = async (email: string) => (await on.mailTo(email)).map(({ mail }) => mail.subject)

/** An interview at a company with an owner, a recruiter and an interviewer. */
async function interviewed() {
  const { interview, interviewId, companyId } = mainJob()
  const [ada, owner, recruiter, interviewer] = [
    await on.person('Ada Lovelace'),
    await on.person('Grace'),
    await on.person('Joan'),
    await on.person('Jean'),
  ]
  await on.app.deliver(authEvents.companyCreated, {
    entity: entity(companyId, 1),
    payload: { companyId, name: 'Analytical Engines', slug: 'analytical-engines', ownerId: owner.userId },
  })
  for (const [version, { userId }, role] of [
    [2, recruiter, 'recruiter'],
    [3, interviewer, 'interviewer'],
  ] as const) {
    const payload = { companyId, userId, role }
    await on.app.deliver(authEvents.memberJoined, { entity: entity(companyId, version), payload })
  }
  const payload = { ...interview, candidateId: ada.userId }
  return { ada, owner, recruiter, interviewer, payload, at: entity(interviewId, 7) }
}

test('everybody who manages the hiring hears once that a candidate asks for a human review', async () => {
  const { ada, owner, recruiter, interviewer, payload, at } = await interviewed()
  const fact = { entity: at, payload: { ...payload, invitedBy: recruiter.userId, decidedBy: owner.userId } }
  const id = randomUUID()
  await on.app.deliver(humanReviewRequested, fact, { id })
  await on.app.deliver(humanReviewRequested, fact, { id })
  for (const { email, userId } of [owner, recruiter]) {
    expect(await subjectsTo(email)).toEqual(['Human review requested: Ada Lovelace for Engineer'])
    expect(await on.inboxOf(userId)).toEqual([
      'Ada Lovelace asks for a human review of the interview for Engineer',
    ])
  }
  for (const { email, userId } of [ada, interviewer]) {
    expect([await subjectsTo(email), await on.inboxOf(userId)]).toEqual([[], []])
  }
})

test.each([
  ['human-process', 'a process without software', 'Please get in touch'],
  ['in-writing', 'to answer in writing', 'there is nothing that you need to do'],
  ['more-time', 'more time', 'there is nothing that you need to do'],
] as const)('the same people hear what a candidate asks for: %s', async (kind, words, next) => {
  const { ada, owner, recruiter, interviewer, payload, at } = await interviewed()
  const asked = { entity: at, payload: { ...payload, invitedBy: recruiter.userId, kind } }
  await on.app.deliver(alternativeRequested, asked)
  for (const { email, userId } of [owner, recruiter]) {
    const [mail, ...more] = await on.mailTo(email)
    expect([mail?.mail.subject, more]).toEqual(['Alternative requested: Ada Lovelace for Engineer', []])
    for (const part of [words, next]) expect(mail?.mail.text?.replaceAll('\n', ' ')).toContain(part)
    expect(await on.inboxOf(userId)).toEqual([`Ada Lovelace asks for ${words} in the interview for Engineer`])
  }
  for (const { email, userId } of [ada, interviewer]) {
    expect([await subjectsTo(email), await on.inboxOf(userId)]).toEqual([[], []])
  }
})

test.each([
  ['upheld', 'reject', 'the decision stands.'],
  ['upheld', undefined, 'the decision is still to come.'],
  ['changed', 'advance', 'the decision was changed, and you are to go on.'],
  ['changed', 'reject', 'the decision was changed, and you are not to go on.'],
] as const)('the candidate reads what came of it: %s, %s', async (outcome, decision, words) => {
  const { ada, owner, payload, at } = await interviewed()
  const answer = { outcome, ...(decision && { decision }) }
  await on.app.deliver(humanReviewResolved, { entity: at, payload: { ...payload, ...answer } })
  expect(await subjectsTo(ada.email)).toEqual(['Your human review: Engineer at Analytical Engines'])
  const [{ mail }] = (await on.mailTo(ada.email)) as [Awaited<ReturnType<Started['mailTo']>>[number]]
  for (const body of [mail.text, mail.html]) expect(body).toContain(words)
  expect(await on.inboxOf(ada.userId)).toEqual([
    'Analytical Engines answered your request for a human review',
  ])
  expect([await subjectsTo(owner.email), await on.inboxOf(owner.userId)]).toEqual([[], []])
})

test('a changed decision is told to the others who can move the application, and not to the candidate twice', async () => {
  const { ada, owner, recruiter, payload, at } = await interviewed()
  const changed = { from: 'reject', to: 'advance', decidedBy: owner.userId } as const
  const resolved = { outcome: 'changed', decision: 'advance' } as const
  await on.app.deliver(decisionChanged, { entity: at, payload: { ...payload, ...changed } })
  await on.app.deliver(humanReviewResolved, { entity: at, payload: { ...payload, ...resolved } })
  expect(await on.inboxOf(recruiter.userId)).toEqual([
    'The decision about Ada Lovelace for Engineer was changed',
  ])
  expect(await on.inboxOf(owner.userId)).toEqual([])
  expect([(await subjectsTo(ada.email)).length, (await on.inboxOf(ada.userId)).length]).toEqual([1, 1])
})

test('what came after the types is of one of them: clients know it, and people turn it off by it', async () => {
  const { ada, owner, recruiter, payload, at } = await interviewed()
  const caller = (userId: string) => callBy(userActor({ id: userId }))
  const silent = { type: 'interview-analysed', channel: 'mail', enabled: false } as const
  await on.app.client.setPreference(silent, caller(owner.userId))
  await on.app.deliver(humanReviewRequested, { entity: at, payload })
  expect(await subjectsTo(owner.email)).toEqual([])
  expect(await subjectsTo(recruiter.email)).toHaveLength(1)
  const { items } = await on.app.client.listInbox({}, caller(owner.userId))
  expect(items).toMatchObject([{ type: 'interview-analysed', kind: 'human-review-requested' }])
  const [mail] = await on.mailTo(recruiter.email)
  const [, token = ''] = /unsubscribe\/([\w.-]+)/.exec(mail?.mail.text ?? '') ?? []
  expect(await on.app.client.describeSubscription({ token }, anonymousCall())).toMatchObject({
    type: 'interview-analysed',
  })
  expect(await on.app.client.listInbox({}, caller(ada.userId))).toMatchObject({ items: [] })
})
