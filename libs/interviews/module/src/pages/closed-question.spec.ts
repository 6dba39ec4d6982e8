import { afterAll, beforeAll, expect, test } from 'vitest'
import { candidatePage, type CandidatePage } from '../testing/candidate-page.ts'
import { content } from '../testing/content.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
let page: CandidatePage
beforeAll(async () => {
  scene = await startScene()
  page = candidatePage(scene)
})
afterAll(() => scene.app.close())

const [first, second] = content.questions
if (!first || !second) throw new Error('the content has two questions')
const timed = { ...first, thinkSeconds: 60, maxSeconds: 120 }
const view = ({ token }: Invitation) => scene.client.viewLink({ token }, anyone())
/** As if all questions had been shown so many seconds earlier. */
const letPass = ({ interviewId }: Invitation, seconds: number) =>
  scene.app.sql(
    `UPDATE shown_question SET shown_at = shown_at - $2 * interval '1 second' WHERE interview_id = $1`,
    [interviewId, seconds],
  )

test('what was written too late keeps back neither the other answers nor a withdrawal, and the page says so', async () => {
  const invitation = await scene.invite(undefined, { questions: [timed, second] })
  const { token } = invitation
  await page.press(token, 'give-consent')
  await page.press(token, 'show-1')
  await letPass(invitation, 196)
  const saved = await page.press(token, 'save', { answer1: 'Too late.', answer2: 'Engines.' })
  expect(saved.status).toBe(200)
  expect(saved.body).toMatch(/Question 1 takes no answer any more[^<]*Your other answers are saved\./)
  const withdrawn = await page.press(token, 'withdraw-consent', { answer1: 'Too late.', answer2: 'Engines!' })
  expect(withdrawn.status).toBe(200)
  expect(withdrawn.body).toMatch(/Question 1 takes no answer any more[^<]*Your choice is recorded\./)
  expect(await view(invitation)).toMatchObject({
    consent: { state: 'withdrawn' },
    questions: [{ answer: '' }, { answer: 'Engines!' }],
  })
  expect(withdrawn.body).not.toContain('id="answer1"')
  expect(withdrawn.body).toContain('You can submit your other answers without it.')
  expect((await page.press(token, 'submit')).body).toContain('You have submitted')
})

test('a page from before the submission withdraws consent all the same', async () => {
  const invitation = await scene.submit()
  const { status } = await page.press(invitation.token, 'withdraw-consent', { answer1: 'Left open.' })
  expect(status).toBe(200)
  expect((await view(invitation)).consent.state).toBe('withdrawn')
})

test('of several answers that are refused each is named, and the others are saved', async () => {
  const long = 'x'.repeat(51)
  const questions = [second, second, second].map((question) => ({ ...question }))
  const invitation = await scene.invite(undefined, { questions })
  const fields = { answer1: long, answer2: 'Engines.', answer3: long }
  const { status, body } = await page.press(invitation.token, 'save', fields)
  expect(status).toBe(400)
  for (const field of ['answer1', 'answer3']) expect(body).toContain(`${field}: is 51 characters long`)
  expect((await view(invitation)).questions[1]?.answer).toBe('Engines.')
})

test('of a question that is recorded the page offers what its time still allows', async () => {
  const recorded = { ...timed, modes: ['text' as const, 'video' as const] }
  const invitation = await scene.invite(undefined, { questions: [recorded] })
  const { token, questions } = invitation
  await page.press(token, 'show-1')
  const place = `data-question="${questions[0]}"`
  expect((await page.open(token)).body).toContain(place)
  await letPass(invitation, 76)
  const toWrite = (await page.open(token)).body
  expect(toWrite).toContain('The time to begin a recording is over.')
  expect(toWrite).not.toContain(place)
  expect(toWrite).toContain('id="answer1"')
  await page.press(token, 'save', { answer1: 'In time.' })
  await letPass(invitation, 120)
  const over = (await page.open(token)).body
  expect(over).not.toContain('id="answer1"')
  expect(over).toMatch(/In time\.[\s\S]*It is answered, and can no longer be changed\./)
})

test('a recording that is awaited, and the last, has a place until it has arrived', async () => {
  const recorded = { ...first, modes: ['video' as const], retakes: 0 }
  const invitation = await scene.invite(undefined, { questions: [recorded] })
  const { token, questions } = invitation
  const [questionId = ''] = questions
  const { fileId } = await scene.client.beginTake({ token, questionId, mode: 'video' }, anyone())
  const awaited = (await page.open(token)).body
  expect(awaited).toContain(`data-question="${questionId}"`)
  expect(awaited).toContain('If it does not arrive, you can submit your other answers without it.')
  await scene.media.record(scene.app, fileId)
  const arrived = (await page.open(token)).body
  expect(arrived).toContain('Recording 1: ready')
  expect(arrived).toContain('It is answered, and can no longer be changed.')
})
