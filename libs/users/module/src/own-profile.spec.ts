import { userActor } from '@cenopie/platform-testing'
import { profileUpdated } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

const experience = { title: 'Engineer', organization: 'Analytical Engines', start: '2021-04', end: '2024-09' }

test('a member fills in their profile, section by section', async () => {
  const { call, version } = await app.member({ headline: ' Engineer ', about: 'Numbers.\nNotes.' })
  const one = await app.client.replaceExperience({ version, items: [experience] }, call)
  const two = await app.client.replaceEducation(
    { version: one.version, items: [{ school: 'At home' }] },
    call,
  )
  const three = await app.client.replaceSkills({ version: two.version, items: ['Mathematics', 'SQL'] }, call)
  const languages = [{ language: 'en', proficiency: 'native' as const }]
  const last = await app.client.replaceLanguages({ version: three.version, items: languages }, call)

  expect(last).toEqual(await app.client.getMe({}, call))
  expect(last).toMatchObject({
    headline: 'Engineer',
    about: 'Numbers.\nNotes.',
    experience: [experience],
    education: [{ school: 'At home' }],
    skills: ['Mathematics', 'SQL'],
    languages,
    version: 6,
  })
})

test('of two tabs the second is told that the profile changed, and nothing of its change is stored', async () => {
  const { call, version } = await app.member({ headline: 'Engineer' })
  await app.client.updateMe({ version, headline: 'Countess' }, call)

  await expect(app.client.replaceSkills({ version, items: ['SQL'] }, call)).rejects.toMatchObject({
    code: 'users.profile-changed',
  })
  expect(await app.client.getMe({}, call)).toMatchObject({
    headline: 'Countess',
    skills: [],
    version: version + 1,
  })
})

test('of ten changes at once on the same version one is made', async () => {
  const { id, call, version } = await app.member({ headline: 'Engineer' })
  const changes = Array.from({ length: 10 }, (_, at) =>
    app.client.updateMe({ version, headline: `${at}` }, call),
  )
  const made = (await Promise.allSettled(changes)).filter(({ status }) => status === 'fulfilled')
  expect(made).toHaveLength(1)
  expect(await app.client.getMe({}, call)).toMatchObject({ version: version + 1 })
  const told = (await app.published(profileUpdated)).filter(({ entity }) => entity.id === id)
  expect(told).toHaveLength(3)
})

test('a repeated replacement answers like the first, though its version has passed', async () => {
  const { call, version } = await app.member({ headline: 'Engineer' })
  const first = await app.client.replaceExperience({ version, items: [experience] }, call)
  expect(await app.client.replaceExperience({ version, items: [experience] }, call)).toEqual(first)
})

test('others are told of changes of visibility, but not what is private', async () => {
  const { id, call, version } = await app.member({ location: 'London' })
  await app.client.updateMe({ version, visibility: { location: 'private' } }, call)
  const told = (await app.published(profileUpdated)).filter(({ entity }) => entity.id === id)
  expect(told.at(-1)?.payload).toMatchObject({
    location: '',
    visibility: { location: 'private', profile: 'members' },
  })
})

test.each([
  ['PATCH', '', { version: 1, name: '   ' }, 'name'],
  ['PATCH', '', { version: 1, about: 'a\u0000b' }, 'about'],
  ['PATCH', '', { version: 1, headline: 'x'.repeat(161) }, 'headline'],
  ['PATCH', '', { version: 1, visibility: { about: 'friends' } }, 'visibility.about'],
  ['PATCH', '', { version: 1, admin: true }, 'admin'],
  ['PATCH', '', { name: 'Ada' }, 'version'],
  ['PUT', '/experience', { version: 1, items: [{ ...experience, end: '2021-03' }] }, 'items.0.end'],
  ['PUT', '/experience', { version: 1, items: [{ ...experience, start: '2021-13' }] }, 'items.0.start'],
  [
    'PUT',
    '/education',
    { version: 1, items: [{ school: 'A', start: '2021-03', end: '2021-02' }] },
    'items.0.end',
  ],
  ['PUT', '/skills', { version: 1, items: ['SQL', 'sql'] }, 'items.1'],
  ['PUT', '/skills', { version: 1, items: Array.from({ length: 51 }, (_, at) => `skill ${at}`) }, 'items'],
  [
    'PUT',
    '/languages',
    { version: 1, items: [{ language: 'English', proficiency: 'full' }] },
    'items.0.language',
  ],
] as const)('%s /me%s refuses %j and names %s', async (method, path, body, field) => {
  const actor = userActor({ id: await app.register('Ada Lovelace') })
  const answer = await app.http({ method, url: `/api/v1/users/me${path}`, actor, body })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ code: 'invalid-input', errors: [expect.objectContaining({ field })] })
})

test('nobody signed out has a profile of their own', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['PUT', '/skills'],
    ['PUT', '/handle'],
    ['GET', '/export'],
    ['DELETE', ''],
  ] as const) {
    const answer = await app.http({
      method,
      url: `/api/v1/users/me${path}`,
      body: method === 'GET' ? undefined : {},
    })
    expect(answer.status, `${method} ${path}`).toBe(401)
  }
})
