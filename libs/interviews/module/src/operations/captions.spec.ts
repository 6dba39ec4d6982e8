import type { UserActor } from '@cenopie/platform-contract'
import { userActor } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
let invitation: Invitation
let [spoken, written] = ['', '']
beforeAll(async () => {
  scene = await startScene()
  invitation = await scene.submit()
  await scene.app.idle()
  const { questions } = await scene.review(invitation)
  ;[spoken = '', written = ''] = questions.map(({ answer }) => answer?.id ?? '')
  const words = [
    { text: 'um', start: 0.25, end: 0.5 },
    { text: 'R&D', start: 0.5, end: 1 },
  ]
  await scene.app.sql(
    `INSERT INTO transcript (answer_id, file_id, language, engine, engine_version, words, voice, created_at)
     VALUES ($1, gen_random_uuid(), 'en', 'scripted', '1', $2::jsonb, '{}', now())`,
    [spoken, JSON.stringify(words)],
  )
})
afterAll(() => scene.app.close())

const get = (actor: UserActor, answerId = spoken, { interviewId } = invitation) =>
  scene.app.http({
    method: 'GET',
    url: `/api/v1/interviews/${interviewId}/answers/${answerId}/captions.vtt`,
    actor,
  })

test('every member of the company reads what was said, when it was said', async () => {
  const { recruiter, interviewer } = invitation.company
  for (const { actor } of [recruiter, interviewer]) {
    const { status, headers, body } = await get(actor)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/vtt; charset=utf-8'])
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(body).toBe('WEBVTT\n\n00:00:00.250 --> 00:00:01.000\num R&amp;D\n')
  }
})

test('nobody else does, and where nothing is spoken there is nothing', async () => {
  const { recruiter } = invitation.company
  const stranger = await scene.invite()
  const answers = [
    await get(userActor()),
    await get(invitation.candidate.actor),
    await get(stranger.company.recruiter.actor),
    await get(stranger.company.recruiter.actor, spoken, stranger),
    await get(recruiter.actor, written),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
})
