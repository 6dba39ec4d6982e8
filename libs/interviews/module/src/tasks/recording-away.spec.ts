import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { allDone, startSpokenScene, type SpokenScene } from '../testing/spoken-scene.ts'

let scene: SpokenScene
beforeAll(async () => {
  scene = await startSpokenScene({ transcriptionAttempts: 10, transcriptionBackoffSeconds: 1 })
})
afterAll(() => scene.close())

test('while media is away a review is shown without addresses, and the transcript waits for it', async () => {
  const invitation = await scene.answerAloud((fileId) => scene.media.uploaded(scene.app, fileId))
  await scene.app.idle()
  scene.media.go('down')
  await scene.media.ready(scene.app, invitation.fileId, scene.sound)
  const tried = async () => {
    const transcript = (await scene.answerOf(invitation)).steps.find(({ step }) => step === 'transcript')
    return transcript?.status === 'waiting' && transcript.attempts
  }
  await vi.waitUntil(tried, { timeout: 15_000 })
  expect((await scene.answerOf(invitation)).recording).toMatchObject({ status: 'ready', urls: [] })
  expect(scene.transcriber.asked).toEqual([])
  scene.media.go('up')
  await vi.waitUntil(async () => (await scene.review(invitation)).status === 'analysed', { timeout: 15_000 })
  expect(await scene.steps(invitation)).toEqual(allDone)
})
