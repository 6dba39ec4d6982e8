import { interviewsEvents } from '@cenopie/interviews-contract'
import { service } from '@cenopie/platform-contract'
import { outbox } from '@cenopie/platform-outbox'
import { callBy } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyone, startScene, type Scene } from '../testing/scene.ts'
import { remindSchedule } from './remind.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene({ reminderCheckSeconds: 86_400 })
})
afterAll(() => scene.app.close())

const inHours = (interviewId: string, hours: number) =>
  scene.app.sql(`UPDATE interview SET deadline = now() + $2 * interval '1 hour' WHERE id = $1`, [
    interviewId,
    hours,
  ])

test('whoever has not submitted is reminded once before the deadline, however many runs there are', async () => {
  const [near, started, far, over, done, cancelled] = [
    await scene.invite(),
    await scene.invite(),
    await scene.invite(),
    await scene.invite(),
    await scene.submit(),
    await scene.invite(),
  ]
  await scene.answer(started, 'Half an answer.')
  for (const { interviewId } of [near, started, done, cancelled]) await inHours(interviewId, 47)
  await inHours(far.interviewId, 49)
  await inHours(over.interviewId, -1)
  await scene.app.sql(`UPDATE interview SET status = 'cancelled' WHERE id = $1`, [cancelled.interviewId])

  const { run } = remindSchedule(scene.app.platform.database('interviews'), outbox, {
    reminderHours: 48,
    reminderCheckSeconds: 1,
  })
  const once = () => run(callBy(service('interviews')), new AbortController().signal)
  await Promise.all([once(), once(), once()])
  await once()
  const events = await scene.app.published(interviewsEvents.reminderDue)
  expect(events.map(({ payload }) => payload.interviewId).toSorted()).toEqual(
    [near.interviewId, started.interviewId].toSorted(),
  )
  expect(events[0]?.payload).toMatchObject({ title: 'Engineer', companyName: 'Analytical Engines' })
  expect(events[0]?.payload).not.toHaveProperty('token')
  // The link in the invitation still works.
  expect(await scene.client.viewLink({ token: near.token }, anyone())).toMatchObject({ status: 'invited' })
})
