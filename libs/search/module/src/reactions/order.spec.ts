import { jobsEvents } from '@cenopie/jobs-contract'
import { anonymousCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { posting, profile, startScene, titles, type Scene } from '../scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

test('a posting that was closed before the news of its publication came stays closed', async () => {
  const facts = posting({ title: 'Thatcher' })
  await scene.close(facts, 3)
  await scene.publish(facts, 2)
  expect(titles(await scene.postings('thatcher'))).toEqual([])
  await scene.publish(facts, 4)
  expect(titles(await scene.postings('thatcher'))).toEqual(['Thatcher'])
})

test('older news of a posting or a person changes nothing', async () => {
  const facts = posting({ title: 'Saddler now' })
  const updated = (version: number, title: string) =>
    scene.app.deliver(jobsEvents.postingUpdated, {
      entity: { id: facts.postingId, version },
      payload: { ...facts, title },
    })
  await updated(5, 'Saddler now')
  await updated(3, 'Saddler then')
  expect(titles(await scene.postings('saddler'))).toEqual(['Saddler now'])

  const person = await scene.tell(profile({ name: 'Ivy Private', seenBy: 'private' }), 7)
  await scene.tell({ ...person, visibility: profile().visibility }, 6)
  expect((await scene.app.client.searchPeople({ q: 'ivy' }, anonymousCall())).items).toEqual([])
})
