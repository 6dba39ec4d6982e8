import { interviewsEvents } from '@cenopie/interviews-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { candidatePage, pageUrl, type CandidatePage } from '../testing/candidate-page.ts'
import { content } from '../testing/content.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
let open: CandidatePage['open']
let press: CandidatePage['press']
beforeAll(async () => {
  scene = await startScene()
  ;({ open, press } = candidatePage(scene))
})
afterAll(() => scene.app.close())

const view = ({ token }: Invitation) => scene.client.viewLink({ token }, anyone())
const traces = ({ interviewId }: Invitation) =>
  scene.app.sql(
    `SELECT i.version, i.status, (SELECT count(*) FROM audit_entry WHERE interview_id = i.id) AS audit,
       (SELECT count(*) FROM answer WHERE interview_id = i.id) AS answers
     FROM interview i WHERE id = $1`,
    [interviewId],
  )

test('opening the link shows what is asked, until when, and what consent means, and changes nothing', async () => {
  const invitation = await scene.invite()
  const before = await traces(invitation)
  await open(invitation.token)
  const { status, headers, body } = await open(invitation.token)
  expect(status).toBe(200)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('cache-control')).toBe('no-store')
  expect(body).toMatch(/<label for="answer1"[^>]*><span lang="en">1\. Tell us about an outage\.</)
  expect(body).toMatch(/<textarea[^>]*id="answer2"[^>]*maxlength="50"/)
  expect(body).toContain(`<time datetime="${(await view(invitation)).deadline}">`)
  expect(body).toContain('It decides nothing.')
  expect(body).not.toMatch(/took responsibility|<script(?! type="module" src="\/api)/)
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*media-src 'self' blob:/)
  expect(headers.get('permissions-policy')).toBe('camera=(self), microphone=(self)')
  expect(await traces(invitation)).toEqual(before)
})

test('a candidate consents, answers and submits with nothing but the page', async () => {
  const invitation = await scene.invite()
  const { token } = invitation
  const consented = await press(token, 'give-consent', { answer1: 'Begun\nbefore consenting.', answer2: '' })
  expect(consented).toMatchObject({ status: 200, body: expect.stringContaining('You have consented.') })
  expect(consented.body).toContain('>\nBegun\nbefore consenting.</textarea')
  expect(await view(invitation)).toMatchObject({
    consent: { state: 'given' },
    questions: [{ answer: 'Begun\nbefore consenting.' }, { answer: '' }],
  })
  const saved = await press(token, 'save', { answer1: 'I took responsibility for it.', answer2: 'Engines.' })
  expect(saved.body).toContain('Your answers are saved.')
  const submitted = await press(token, 'submit', { answer1: 'I took responsibility for it.', answer2: '' })
  expect(submitted).toMatchObject({ status: 200, body: expect.stringContaining('You have submitted') })
  expect(submitted.body).not.toContain('<textarea')
  expect(await scene.count(interviewsEvents.submitted, invitation.interviewId)).toBe(1)
  expect(await view(invitation)).toMatchObject({ status: 'submitted', questions: [{}, { answer: '' }] })

  const withdrawn = await press(token, 'withdraw-consent')
  expect(withdrawn.body).toContain('You have withdrawn your consent.')
  expect(await view(invitation)).toMatchObject({ consent: { state: 'withdrawn' }, alternativeProcess: true })
})

test('what the operations refuse is refused here, and what was written is kept', async () => {
  const invitation = await scene.invite()
  const { token } = invitation
  const missing = await press(token, 'submit', { answer1: '', answer2: 'Engines.' })
  expect(missing.status).toBe(400)
  expect(missing.body).toContain('is required: question 1')
  expect(await view(invitation)).toMatchObject({ questions: [{}, { answer: 'Engines.' }] })
  const long = await press(token, 'save', { answer2: 'x'.repeat(51) })
  expect(long.status).toBe(400)
  expect(long.body).toContain('answer2: is 51 characters long')
  const lines = `${'x'.repeat(40)}${'\n'.repeat(10)}`
  expect(await press(token, 'save', { answer2: lines })).toMatchObject({ status: 200 })

  expect(await press(token, 'decline-consent')).toMatchObject({ status: 200 })
  const late = await press(token, 'give-consent')
  expect(late).toMatchObject({ status: 409, body: expect.stringContaining('interviews.consent-final') })
  expect((await press(token, 'explode')).status).toBe(400)
})

test('an unknown link is nothing at all, an expired one is gone, a passed deadline shows what was saved', async () => {
  const invitation = await scene.invite()
  const { token, interviewId } = invitation
  await press(token, 'save', { answer1: 'Saved in time.' })
  await scene.app.sql(`UPDATE interview SET deadline = now() - interval '1 second' WHERE id = $1`, [
    interviewId,
  ])
  const late = await open(token)
  expect(late).toMatchObject({ status: 200, body: expect.stringContaining('The deadline has passed') })
  expect(late.body).toContain('Saved in time.')
  expect(late.body).not.toMatch(/<textarea|value="submit"/)
  expect(await press(token, 'submit')).toMatchObject({ status: 410 })
  await scene.app.sql('UPDATE interview SET link_expires_at = now() WHERE id = $1', [interviewId])
  for (const [link, status, code] of [
    ['A'.repeat(43), 404, 'not-found'],
    [token, 410, 'interviews.link-expired'],
  ] as const) {
    const page = { status, body: expect.stringContaining(`<code>${code}</code>`) }
    expect(await open(link)).toMatchObject(page)
    expect(await press(link, 'save', { answer1: 'x' })).toMatchObject(page)
    expect(await scene.app.http({ method: 'GET', url: pageUrl(link) })).toMatchObject({
      status,
      body: { code },
    })
  }
})

test('hostile questions, names and answers stay text', async () => {
  const hostile = `</textarea></title><script>alert("1")</script>`
  const [question] = content.questions
  if (!question) throw new Error('the scene asks nothing')
  const invitation = await scene.invite(undefined, {
    questions: [{ ...question, prompt: hostile, guidance: hostile }],
  })
  await scene.app.sql(
    'UPDATE interview SET title = $2, company_name = $2, candidate_name = $2 WHERE id = $1',
    [invitation.interviewId, hostile],
  )
  const pages = [
    await press(invitation.token, 'save', { answer1: hostile }),
    await press(invitation.token, 'submit'),
  ]
  for (const { status, body } of pages) {
    expect(status).toBe(200)
    expect(body).not.toMatch(/<script(?! type="module" src="\/api)/)
    expect(body.split('&lt;/textarea&gt;&lt;/title&gt;&lt;script&gt;').length).toBeGreaterThan(6)
  }
})

test('a question with a limit is hidden until its button is pressed, and a recorded one can be written instead', async () => {
  const [first, second] = content.questions
  if (!first || !second) throw new Error('the content has two questions')
  const invitation = await scene.invite(undefined, {
    questions: [
      { ...first, thinkSeconds: 60, maxSeconds: 120 },
      { ...second, modes: ['video'] },
    ],
  })
  const { token } = invitation
  const { body } = await open(token)
  expect(body).not.toContain(first.prompt)
  expect(body).toContain('you have 3 minutes')
  expect(body).not.toContain('id="answer2"')
  expect((await press(token, 'show-1')).body).toContain(first.prompt)
  const written = await press(token, 'answer-in-writing', { answer1: 'I took responsibility.' })
  expect(written.body).toContain('id="answer2"')
  expect((await view(invitation)).questions).toMatchObject([{ answer: 'I took responsibility.' }, {}])
  expect((await press(token, 'show-9')).status).toBe(400)
})

test('a question that is recorded says where its recordings stand, and is a place for the program', async () => {
  const [first] = content.questions
  if (!first) throw new Error('the content has a question')
  const modes = ['video' as const]
  const invitation = await scene.invite(undefined, {
    questions: [{ ...first, modes, maxSeconds: 90, retakes: 1 }],
    practice: { prompt: 'Say hello.', guidance: '', modes, maxSeconds: 30 },
  })
  const { token, questions } = invitation
  const [questionId = ''] = questions
  const before = await open(token)
  expect(before.body).toContain(`data-question="${questionId}"`)
  expect(before.body).toContain('at most 1 minute 30 seconds long')
  expect(before.body).toContain('You have 2 tries')
  expect(before.body.split('data-tries')).toHaveLength(2)
  expect(before.body).toMatch(/data-device-check[\s\S]*Say hello\./)
  const { fileId } = await scene.client.beginTake({ token, questionId, mode: 'video' }, anyone())
  await scene.media.uploaded(scene.app, fileId)
  expect((await open(token)).body).toContain('Recording 1: has arrived')
  await scene.media.failed(scene.app, fileId, 'The video is cut off.')
  expect((await open(token)).body).toContain(
    'Recording 1: failed. The video is cut off. It does not count as a try.',
  )
})

test('alternatives are asked for by name, and what was granted is told', async () => {
  const invitation = await scene.invite(undefined, {
    questions: [{ ...content.questions[0]!, modes: ['audio'] }],
  })
  const { token } = invitation
  const slow = await press(token, 'more-time', { timeFactor: '2', note: 'I stutter.' })
  expect(slow.body).toContain('every limit is 2 times as long')
  const written = await press(token, 'answer-in-writing')
  expect(written.body).toContain('You may answer every question in writing.')
  const { accommodation } = await view(invitation)
  expect(accommodation).toMatchObject({ timeFactor: 2, inWriting: true, note: 'I stutter.' })
  expect((await press(token, 'more-time', { timeFactor: '99' })).status).toBe(400)

  await press(token, 'give-consent')
  const human = await press(token, 'human-process')
  expect(human.body).toContain('You have withdrawn your consent.')
  expect(await view(invitation)).toMatchObject({ accommodation: { humanProcess: true } })
})

test('the program comes from an address that changes with it, and is kept there for good', async () => {
  const { body } = await open((await scene.invite()).token)
  const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(body) ?? []
  const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(body) ?? []
  const get = (url: string) => scene.app.http({ method: 'GET', url })
  const program = await get(script)
  expect(program.status).toBe(200)
  expect(Object.fromEntries(program.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  expect(String(program.body)).toContain('MediaRecorder')
  expect((await get(style)).headers.get('content-type')).toBe('text/css; charset=utf-8')
  const old = await get(script.replace(/[\da-f]{16}/, 'f'.repeat(16)))
  expect([old.status, old.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  expect((await get(script.replace('recorder.js', 'module.ts'))).status).toBe(400)
})
