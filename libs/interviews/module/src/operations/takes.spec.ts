import { interviewsEvents } from '@cenopie/interviews-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { content } from '../testing/content.ts'
import { outcome } from '../testing/outcome.ts'
import { anyone, giveConsent, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

const [first, second] = content.questions
if (!first || !second) throw new Error('the content has two questions')
const modes = ['audio' as const, 'video' as const]
const timed = { modes, thinkSeconds: 60, maxSeconds: 120, retakes: 1 }
const practice = { prompt: 'Say hello.', guidance: '', modes, maxSeconds: 30 }
const recorded = { questions: [{ ...first, ...timed }, second], practice }

const invite = () => scene.invite(undefined, recorded)
const view = ({ token }: Invitation) => scene.client.viewLink({ token }, anyone())
const questionOf = async (invitation: Invitation) => (await view(invitation)).questions[0]
const show = ({ token, questions }: Invitation, questionId = questions[0] ?? '') =>
  scene.client.showQuestion({ token, questionId }, anyone())
const begin = ({ token, questions }: Invitation, questionId = questions[0] ?? '') =>
  scene.client.beginTake({ token, questionId, mode: 'video' }, anyone())
const write = ({ token, questions }: Invitation, text = 'In writing.') =>
  scene.client.saveAnswer({ token, questionId: questions[0] ?? '', text }, anyone())
const ask = ({ token }: Invitation, kind: 'more-time' | 'in-writing' | 'human-process', note?: string) =>
  scene.client.requestAlternative({ token, kind, ...(note === undefined ? {} : { note }) }, anyone())
/** As if the question had been shown so many seconds earlier. */
const letPass = ({ interviewId }: Invitation, seconds: number) =>
  scene.app.sql(
    `UPDATE shown_question SET shown_at = shown_at - $2 * interval '1 second' WHERE interview_id = $1`,
    [interviewId, seconds],
  )

test('a question with a limit is read when it is shown, and its time runs from the first time', async () => {
  const invitation = await invite()
  expect(await questionOf(invitation)).toMatchObject({
    prompt: '',
    guidance: '',
    thinkSeconds: 60,
    takesLeft: 2,
  })
  expect(await outcome(begin(invitation))).toBe('interviews.not-shown')
  const shown = await show(invitation)
  expect(shown).toMatchObject({ prompt: first.prompt, maxSeconds: 120 })
  expect(Date.parse(shown.recordBy ?? '') - Date.parse(shown.shownAt ?? '')).toBe(60_000)
  await letPass(invitation, 20)
  const again = await show(invitation)
  expect(Date.parse(again.shownAt ?? '')).toBe(Date.parse(shown.shownAt ?? '') - 20_000)
  // The same link, on another day or device, shows the same.
  expect(await questionOf(invitation)).toMatchObject({ prompt: first.prompt, shownAt: again.shownAt })
})

test('the first recording begins within the time to think; retakes are counted, not timed', async () => {
  const [late, prompt] = [await invite(), await invite()]
  await show(late)
  await letPass(late, 76)
  expect(await outcome(begin(late))).toBe('interviews.time-over')

  await show(prompt)
  await letPass(prompt, 74)
  expect(await begin(prompt)).toMatchObject({ takeNumber: 1, takesLeft: 1, maxSeconds: 120 })
  await letPass(prompt, 1000)
  expect(await begin(prompt)).toMatchObject({ takeNumber: 2, takesLeft: 0 })
  expect(await outcome(begin(prompt))).toBe('interviews.no-takes-left')
  expect(await questionOf(prompt)).toMatchObject({ takesLeft: 0, takes: [{ number: 1 }, { number: 2 }] })
})

test('media is told whose it is, how long it may be and until when', async () => {
  const invitation = await invite()
  await show(invitation)
  const { fileId, maxBytes, ticket } = await begin(invitation)
  const grant = scene.media.grants.get(fileId)
  expect(grant).toMatchObject({
    owner: { module: 'interviews', kind: 'answer' },
    companyId: invitation.company.id,
    purpose: 'recording',
    maxSeconds: 125,
    maxBytes,
  })
  expect(ticket).toBe(`ticket-${fileId}`)
  expect(Date.parse(grant?.expiresAt ?? '')).toBeLessThan(Date.parse((await view(invitation)).deadline) + 1)
})

test('of two takes begun at once for the last one left, one is refused', async () => {
  const invitation = await invite()
  await show(invitation)
  await begin(invitation)
  const outcomes = await Promise.all([outcome(begin(invitation)), outcome(begin(invitation))])
  expect(outcomes.toSorted()).toEqual(['interviews.no-takes-left', 'ok'])
})

test('a take that could not be processed is given back, and the candidate sees why', async () => {
  const invitation = await invite()
  await show(invitation)
  const { fileId } = await begin(invitation)
  await scene.media.uploaded(scene.app, fileId)
  await scene.media.failed(scene.app, fileId, 'The video is cut off.')
  await scene.media.failed(scene.app, fileId, 'The video is cut off.')
  expect(await questionOf(invitation)).toMatchObject({
    takesLeft: 2,
    takes: [{ number: 1, status: 'failed', reason: 'The video is cut off.' }],
  })
  // Tried again by an operator, it is one after all; news from before do not undo that.
  await scene.media.ready(scene.app, fileId, undefined, 42)
  await scene.media.failed(scene.app, fileId)
  await scene.media.uploaded(scene.app, fileId)
  expect(await questionOf(invitation)).toMatchObject({
    takesLeft: 1,
    takes: [{ status: 'ready', seconds: 42 }],
  })
})

test('while media cannot be asked no take is counted', async () => {
  const invitation = await invite()
  await show(invitation)
  scene.media.go('down')
  try {
    expect(await outcome(begin(invitation))).toBe('unavailable')
  } finally {
    scene.media.go('up')
  }
  expect(await questionOf(invitation)).toMatchObject({ takesLeft: 2, takes: [] })
})

test('takes and time end with the deadline and with the submission', async () => {
  const [expired, done] = [await invite(), await invite()]
  for (const invitation of [expired, done]) await show(invitation)
  await scene.app.sql(`UPDATE interview SET deadline = now() WHERE id = $1`, [expired.interviewId])
  for (const call of [begin, show]) expect(await outcome(call(expired))).toBe('interviews.deadline-passed')
  const { fileId } = await begin(done)
  await scene.media.record(scene.app, fileId)
  await scene.client.submitInterview({ token: done.token }, anyone())
  for (const call of [begin, show]) expect(await outcome(call(done))).toBe('interviews.already-submitted')
  expect(await outcome(ask(done, 'more-time'))).toBe('interviews.already-submitted')
})

test('a required question needs a recording that has arrived, not one that was begun', async () => {
  const invitation = await invite()
  const { token, questions } = invitation
  await show(invitation)
  const { fileId } = await begin(invitation)
  const submit = () => scene.client.submitInterview({ token }, anyone())
  expect(await outcome(submit())).toBe(`invalid-input answers.${questions[0]}`)
  // It has, and the news of it is still on its way.
  scene.media.has(fileId, 'processing')
  expect(await outcome(submit())).toBe('ok')
})

test('a required question whose time passed holds back no other answer, and the company sees that it has none', async () => {
  const invitation = await invite()
  const { token, questions, company, interviewId } = invitation
  await scene.client.saveAnswer({ token, questionId: questions[1] ?? '', text: 'I like engines.' }, anyone())
  const submit = () => scene.client.submitInterview({ token }, anyone())
  expect(await outcome(submit())).toBe(`invalid-input answers.${questions[0]}`)
  await show(invitation)
  await letPass(invitation, 76)
  expect(await questionOf(invitation)).toMatchObject({ modes, openModes: [] })
  // Who may write has the time of speaking as well.
  await ask(invitation, 'in-writing')
  expect(await questionOf(invitation)).toMatchObject({ openModes: ['text'] })
  expect(await outcome(submit())).toBe(`invalid-input answers.${questions[0]}`)
  await letPass(invitation, 120)
  expect(await outcome(submit())).toBe('ok')
  const review = await scene.client.reviewInterview({ interviewId }, company.recruiter)
  expect(review.questions.map(({ question, answer }) => [question.required, answer?.text])).toEqual([
    [true, undefined],
    [false, 'I like engines.'],
  ])
})

test('takes of which nothing arrived hold back no other answer, one that is arriving is waited for', async () => {
  const invitation = await invite()
  const { token, questions, company, interviewId } = invitation
  await show(invitation)
  await begin(invitation)
  const { fileId } = await begin(invitation)
  const submit = () => scene.client.submitInterview({ token }, anyone())
  scene.media.has(fileId, 'uploading')
  expect(await outcome(submit())).toBe(`invalid-input answers.${questions[0]}`)
  await scene.app.sql('UPDATE take SET expires_at = now() WHERE file_id = $1', [fileId])
  expect(await outcome(submit())).toBe('ok')
  const review = await scene.client.reviewInterview({ interviewId }, company.recruiter)
  expect(review.questions[0]?.answer).toMatchObject({
    text: '',
    recording: { status: 'failed', reason: expect.stringContaining('had not been uploaded') },
  })
})

test('a take of which nothing arrived in its time is given back, except where that would buy time to think', async () => {
  const modesOf = { modes, retakes: 0 }
  const questions = [
    { ...first, ...modesOf },
    { ...second, ...modesOf, thinkSeconds: 60 },
  ]
  const invitation = await scene.invite(undefined, { questions })
  const [untimed, limited] = invitation.questions
  await show(invitation, limited)
  await begin(invitation, limited)
  const { fileId } = await begin(invitation, untimed)
  const left = async () => (await view(invitation)).questions.map(({ takesLeft }) => takesLeft)
  expect(await left()).toEqual([0, 0])
  await scene.app.sql('UPDATE take SET expires_at = now() WHERE interview_id = $1', [invitation.interviewId])
  expect(await left()).toEqual([1, 0])
  expect(await outcome(begin(invitation, untimed))).toBe('ok')
  // An upload that had begun in time arrives after all.
  await scene.media.record(scene.app, fileId)
  expect(await left()).toEqual([0, 0])
})

test('the practice question may be tried at will, is no answer and is kept by nobody', async () => {
  const invitation = await invite()
  const id = (await view(invitation)).practice?.id ?? ''
  expect((await view(invitation)).practice).toMatchObject({ prompt: 'Say hello.', takesLeft: 20 })
  for (let take = 1; take <= 3; take += 1) {
    const { fileId, takeNumber } = await begin(invitation, id)
    expect(takeNumber).toBe(take)
    await scene.media.record(scene.app, fileId)
    expect(scene.media.kept.has(fileId)).toBe(false)
    expect(scene.media.grants.get(fileId)?.owner.kind).toBe('practice')
  }
  expect((await view(invitation)).practice?.takes).toHaveLength(3)
  const answers = await scene.app.sql('SELECT 1 FROM answer WHERE interview_id = $1', [
    invitation.interviewId,
  ])
  expect(answers).toEqual([])
  const written = { token: invitation.token, questionId: id, text: 'Hello.' }
  expect(await outcome(scene.client.saveAnswer(written, anyone()))).toBe('not-found')
  const { token, questions, company, interviewId } = invitation
  await scene.client.decideConsent({ token, ...giveConsent }, anyone())
  await show(invitation)
  const { fileId } = await begin(invitation, questions[0])
  await scene.media.record(scene.app, fileId)
  await scene.client.submitInterview({ token }, anyone())
  const review = await scene.client.reviewInterview({ interviewId }, company.recruiter)
  expect(JSON.stringify(review)).not.toContain('Say hello.')
})

test('the practice question is there before its clock runs, and when it has run out', async () => {
  const invitation = await scene.invite(undefined, {
    ...recorded,
    practice: { ...practice, thinkSeconds: 30 },
  })
  const { practice: before } = await view(invitation)
  expect(before).toMatchObject({ prompt: 'Say hello.', thinkSeconds: 30 })
  expect(await outcome(begin(invitation, before?.id))).toBe('ok')
  const slow = await scene.invite(undefined, { ...recorded, practice: { ...practice, thinkSeconds: 30 } })
  const id = (await view(slow)).practice?.id ?? ''
  expect((await show(slow, id)).recordBy).toBeDefined()
  await letPass(slow, 1000)
  expect(await outcome(begin(slow, id))).toBe('ok')
})

test('a later take replaces the earlier recording, which media may then remove', async () => {
  const invitation = await invite()
  await show(invitation)
  const [one, two] = [await begin(invitation), await begin(invitation)]
  await scene.media.record(scene.app, one.fileId)
  await scene.app.idle()
  expect(scene.media.kept.has(one.fileId)).toBe(true)
  await scene.media.record(scene.app, two.fileId)
  await scene.app.idle()
  expect([scene.media.kept.has(two.fileId), scene.media.released.has(one.fileId)]).toEqual([true, true])
})

test('a recording is kept before it is processed, and the one before it until it is ready', async () => {
  const invitation = await invite()
  await show(invitation)
  const [one, two] = [await begin(invitation), await begin(invitation)]
  await scene.media.record(scene.app, one.fileId)
  await scene.media.uploaded(scene.app, two.fileId)
  await scene.app.idle()
  expect([scene.media.kept.has(two.fileId), scene.media.released.has(one.fileId)]).toEqual([true, false])
})

test('who asks for more time has it at once, in every limit', async () => {
  const invitation = await invite()
  await show(invitation)
  await letPass(invitation, 80)
  expect(await outcome(begin(invitation))).toBe('interviews.time-over')
  expect(await ask(invitation, 'more-time', 'I stutter.')).toMatchObject({
    timeFactor: 1.5,
    inWriting: false,
  })
  expect(await questionOf(invitation)).toMatchObject({ thinkSeconds: 90, maxSeconds: 180 })
  expect(await begin(invitation)).toMatchObject({ maxSeconds: 180 })
})

test('who asks to write may, in the time that others think and speak', async () => {
  const invitation = await invite()
  await show(invitation)
  expect(await outcome(write(invitation))).toBe('invalid-input text')
  await ask(invitation, 'in-writing')
  expect((await questionOf(invitation))?.modes).toContain('text')
  await letPass(invitation, 180)
  expect(await outcome(write(invitation))).toBe('ok')
  await letPass(invitation, 20)
  expect(await outcome(write(invitation, 'Too late.'))).toBe('interviews.deadline-passed')
})

test('who asks for a process without software is evaluated by people alone, and the company sees the request', async () => {
  const invitation = await invite()
  const { token, company, interviewId } = invitation
  await scene.client.decideConsent({ token, ...giveConsent }, anyone())
  await ask(invitation, 'human-process', 'Please call me.')
  const { consent, alternativeProcess, accommodation } = await view(invitation)
  expect([consent.state, alternativeProcess]).toEqual(['withdrawn', true])
  expect(accommodation).toMatchObject({ humanProcess: true, note: 'Please call me.' })
  const review = await scene.client.reviewInterview({ interviewId }, company.interviewer)
  expect(review.accommodation).toMatchObject({ humanProcess: true, note: 'Please call me.' })
  const { items } = await scene.client.listAuditTrail({ interviewId }, company.owner)
  expect(JSON.stringify(items)).not.toContain('Please call me.')
})

test('the company is told of what a candidate asks for, once for each kind, and sees it in its list', async () => {
  const invitation = await invite()
  const { company, interviewId } = invitation
  for (const note of ['I stutter.', 'Really.']) await ask(invitation, 'more-time', note)
  await Promise.all([ask(invitation, 'human-process'), ask(invitation, 'human-process')])
  const events = (await scene.app.published(interviewsEvents.alternativeRequested)).filter(
    ({ payload }) => payload.interviewId === interviewId,
  )
  expect(events.map(({ payload }) => payload.kind)).toEqual(['more-time', 'human-process'])
  expect(JSON.stringify(events)).not.toContain('I stutter.')
  const { items } = await scene.client.listInterviews({ companyId: company.id }, company.interviewer)
  expect(items).toMatchObject([{ id: interviewId, alternatives: ['more-time', 'human-process'] }])
})

test('a recording is not taken where only writing is asked for', async () => {
  const invitation = await invite()
  const questionId = invitation.questions[1] ?? ''
  expect(await outcome(begin(invitation, questionId))).toBe('interviews.mode-not-allowed')
})
