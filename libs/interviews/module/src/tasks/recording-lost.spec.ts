import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { gate } from '../testing/gate.ts'
import { outcome } from '../testing/outcome.ts'
import { anyone } from '../testing/scene.ts'
import { solid } from '../testing/scripted-analyst.ts'
import { heard, sentence } from '../testing/scripted-transcriber.ts'
import { allDone, spoken, startSpokenScene, type SpokenScene } from '../testing/spoken-scene.ts'

let scene: SpokenScene
beforeAll(async () => {
  scene = await startSpokenScene()
})
beforeEach(() => {
  scene.transcriber.play(() => Promise.resolve(heard(sentence)))
  scene.analyst.play((input) => Promise.resolve(solid(input)))
})
afterAll(() => scene.close())

test('a recording that cannot be processed after the submission: an earlier take counts, or people are told', async () => {
  const invitation = await scene.invite(undefined, spoken)
  const earlier = await scene.beginTake(invitation)
  await scene.record(earlier.fileId)
  const later = await scene.answerAloud((fileId) => scene.media.uploaded(scene.app, fileId), invitation)
  await scene.media.failed(scene.app, later.fileId)
  await scene.app.idle()
  expect((await scene.answerOf(invitation)).recording).toMatchObject({
    fileId: earlier.fileId,
    takeNumber: 1,
  })
  expect(await scene.steps(invitation)).toEqual(allDone)

  const alone = await scene.answerAloud((fileId) => scene.media.uploaded(scene.app, fileId))
  await scene.media.failed(scene.app, alone.fileId)
  await scene.app.idle()
  expect(await scene.review(alone)).toMatchObject({ status: 'human-review' })
  expect(await scene.steps(alone)).toMatchObject({ recording: 'failed', scoring: 'refused' })
})

test('a recording that is ready only after a second try, when it was left to people, is shown, kept, and may be analysed', async () => {
  const invitation = await scene.answerAloud((fileId) => scene.media.uploaded(scene.app, fileId))
  const { interviewId, fileId, company } = invitation
  await scene.media.failed(scene.app, fileId)
  await scene.app.idle()
  expect(scene.media.kept.has(fileId)).toBe(true)
  const { id: answerId } = await scene.answerOf(invitation)
  const retry = () => scene.client.retryAnalysis({ interviewId, answerId }, company.recruiter)
  expect(await outcome(retry())).toBe('interviews.not-failed')

  await scene.media.ready(scene.app, fileId, scene.sound)
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({ status: 'human-review' })
  expect((await scene.answerOf(invitation)).recording).toMatchObject({ fileId, status: 'ready', urls: [{}] })
  expect(await retry()).toMatchObject({ status: 'submitted' })
  await scene.app.idle()
  expect(await scene.steps(invitation)).toEqual(allDone)
  expect(await outcome(retry())).toBe('interviews.not-failed')
})

test('a recording that had failed by the submission is not late, though the news of it are', async () => {
  const invitation = await scene.invite(undefined, spoken)
  await scene.answer(invitation, 'In writing, too.')
  const { fileId } = await scene.beginTake(invitation)
  scene.media.has(fileId, 'failed')
  await scene.client.submitInterview({ token: invitation.token }, anyone())
  await scene.media.failed(scene.app, fileId)
  const [take] = await scene.app.sql('SELECT late, reason FROM take WHERE file_id = $1', [fileId])
  expect(take).toEqual({ late: false, reason: 'The video is cut off.' })
  await scene.media.ready(scene.app, fileId, scene.sound)
  expect((await scene.answerOf(invitation)).recording).toMatchObject({ fileId, status: 'ready' })
})

test('a recording that is ready only when an earlier one has been heard changes nothing', async () => {
  const invitation = await scene.invite(undefined, spoken)
  const earlier = await scene.beginTake(invitation)
  await scene.record(earlier.fileId)
  const later = await scene.answerAloud((fileId) => scene.media.uploaded(scene.app, fileId), invitation)
  await scene.media.failed(scene.app, later.fileId)
  await scene.app.idle()
  await scene.media.ready(scene.app, later.fileId, scene.sound)
  await scene.app.idle()
  expect((await scene.answerOf(invitation)).recording).toMatchObject({ fileId: earlier.fileId })
})

test('a recording that media erased takes its transcript with it', async () => {
  const invitation = await scene.answerAloud(scene.record)
  await scene.app.idle()
  await scene.media.erased(scene.app, invitation.fileId)
  const answer = await scene.answerOf(invitation)
  expect(answer.recording).toMatchObject({ status: 'erased', urls: [] })
  expect(answer).not.toHaveProperty('transcript')
})

test.each(['processed', 'heard', 'scored'])(
  'a recording that is erased while it is %s leaves its answer to people',
  async (step) => {
    const held = gate()
    const asked = scene.analyst.asked.length
    if (step === 'heard') {
      scene.transcriber.play(async () => {
        await held.pass()
        return heard(sentence)
      })
    }
    if (step === 'scored') {
      scene.analyst.play(async (input) => {
        await held.pass()
        return solid(input)
      })
    }
    const invitation = await scene.answerAloud((fileId) =>
      step === 'processed' ? scene.media.uploaded(scene.app, fileId) : scene.record(fileId),
    )
    if (step !== 'processed') await held.arrived
    await scene.media.erased(scene.app, invitation.fileId)
    held.open()
    await scene.app.idle()
    const answer = await scene.answerOf(invitation)
    expect(answer).toMatchObject({
      recording: { status: 'erased' },
      analysis: { status: 'none', scores: [], reason: expect.stringContaining('removed') as unknown },
    })
    expect(answer).not.toHaveProperty('transcript')
    expect(await scene.review(invitation)).toMatchObject({ status: 'human-review' })
    expect(await scene.steps(invitation)).toMatchObject({ scoring: 'refused', report: 'cancelled' })
    expect(scene.analyst.asked.length).toBe(step === 'scored' ? asked + 1 : asked)
  },
)

test('a recording that is erased while it is heard gives way to the one before it', async () => {
  const held = gate()
  scene.transcriber.play(async () => {
    await held.pass()
    return heard(sentence)
  })
  const invitation = await scene.invite(undefined, spoken)
  const earlier = await scene.beginTake(invitation)
  await scene.record(earlier.fileId)
  const { fileId } = await scene.answerAloud(scene.record, invitation)
  await held.arrived
  await scene.media.erased(scene.app, fileId)
  held.open()
  await scene.app.idle()
  expect(await scene.steps(invitation)).toEqual(allDone)
  const { id, recording } = await scene.answerOf(invitation)
  expect(recording).toMatchObject({ fileId: earlier.fileId })
  expect(
    await scene.app.sql('SELECT file_id AS "fileId" FROM transcript WHERE answer_id = $1', [id]),
  ).toEqual([{ fileId: earlier.fileId }])
})

test.each(['measure-speech', 'analyse-answer'])(
  'a spoken answer without its transcript is never scored, whatever %s finds',
  async (task) => {
    const invitation = await scene.answerAloud(scene.record)
    await scene.app.idle()
    const { id: answerId } = await scene.answerOf(invitation)
    const asked = scene.analyst.asked.length
    for (const change of [
      `DELETE FROM transcript WHERE answer_id = $1`,
      `DELETE FROM score WHERE answer_id = $1`,
      `UPDATE analysis_step SET status = 'waiting' WHERE answer_id = $1 AND step = 'measures'`,
      `UPDATE answer SET analysis = 'queued' WHERE id = $1`,
      `UPDATE interview SET status = 'submitted' WHERE id = (SELECT interview_id FROM answer WHERE id = $1)`,
    ]) {
      await scene.app.sql(change, [answerId])
    }
    await scene.runAgain(`interviews.${task}`, answerId)
    await scene.app.idle()
    expect(await scene.review(invitation)).toMatchObject({ status: 'human-review' })
    expect(await scene.steps(invitation)).toMatchObject({ measures: 'cancelled', scoring: 'refused' })
    expect(scene.analyst.asked.length).toBe(asked)
  },
)
