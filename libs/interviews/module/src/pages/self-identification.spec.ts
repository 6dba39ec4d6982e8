import { ethnicity, sex } from '@cenopie/interviews-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { candidatePage, type CandidatePage } from '../testing/candidate-page.ts'
import { startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
let page: CandidatePage
beforeAll(async () => {
  scene = await startScene()
  page = candidatePage(scene)
})
afterAll(() => scene.app.close())

const button = 'value="identify-myself"'
const kept = ({ interviewId }: Invitation) =>
  scene.app.sql('SELECT sex, ethnicity FROM self_identification WHERE interview_id = $1', [interviewId])

test('categories are told on the page before and after the submission, and not shown again', async () => {
  const invitation = await scene.invite()
  const { token } = invitation
  const fields = { answer1: 'I took responsibility.', sex: 'female', ethnicity: 'asian' }
  const told = await page.press(token, 'identify-myself', fields)
  expect(told).toMatchObject({ status: 200, body: expect.stringContaining('Your voluntary answer is kept.') })
  expect(told.body).toContain('I took responsibility.')
  expect(told.body).not.toContain('selected>Female')
  expect(await kept(invitation)).toEqual([{ sex: 'female', ethnicity: 'asian' }])
  const submitted = await page.press(token, 'submit', fields)
  expect(submitted.body).toContain('You have submitted')
  expect(submitted.body).toContain(button)
  await page.press(token, 'identify-myself', { sex: 'female', ethnicity: 'white' })
  expect(await kept(invitation)).toEqual([{ sex: 'female', ethnicity: 'white' }])
  await page.press(token, 'identify-myself')
  expect(await kept(invitation)).toEqual([{ sex: 'declined', ethnicity: 'declined' }])
})

test('no other button tells categories, whatever the fields say', async () => {
  const invitation = await scene.invite()
  const { body } = await page.press(invitation.token, 'save', { sex: 'male', ethnicity: 'white' })
  expect(body).toContain(button)
  expect(await kept(invitation)).toEqual([])
})

test('every category is offered, saying nothing first', async () => {
  const { token } = await scene.invite()
  const { body } = await page.open(token)
  for (const [name, categories] of Object.entries({ sex, ethnicity })) {
    const [, list = ''] = new RegExp(`<select id="${name}"[^>]*>([^]*?)</select>`).exec(body) ?? []
    const offered = [...list.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value)
    expect(offered[0]).toBe('declined')
    expect(offered.toSorted()).toEqual(categories.options.toSorted())
  }
})

test('a cancelled interview asks nothing more, and a category that is none is refused', async () => {
  const invitation = await scene.invite()
  const { token, interviewId } = invitation
  expect((await page.press(token, 'identify-myself', { sex: 'yes' })).status).toBe(400)
  await scene.app.sql(`UPDATE interview SET status = 'cancelled' WHERE id = $1`, [interviewId])
  expect((await page.open(token)).body).not.toContain(button)
  expect((await page.press(token, 'identify-myself', { sex: 'male' })).status).toBe(410)
  expect(await kept(invitation)).toEqual([])
})
