import { anonymousCall, userCall } from '@cenopie/platform-testing'
import { profileUpdated, type Audience, type Profile, type Section } from '@cenopie/users-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allPages } from './testing/pages.ts'
import { usersApp, type UsersApp } from './testing/users-app.ts'

let app: UsersApp
beforeAll(async () => {
  app = await usersApp()
})
afterAll(() => app.close())

const audiences: Audience[] = ['public', 'members', 'private']
const admits: Record<'anonymous' | 'member' | 'owner', Audience[]> = {
  anonymous: ['public'],
  member: ['public', 'members'],
  owner: ['public', 'members', 'private'],
}
const sections = [
  'location',
  'about',
  'experience',
  'education',
  'skills',
  'languages',
  'openToWork',
] as const
const cardSections = ['location', 'openToWork'] as const

/** A member with every section filled, a handle, and a skill that nobody else has. */
async function filledProfile(profile: Audience, section: Audience) {
  const all = Object.fromEntries(sections.map((name) => [name, section])) as Record<Section, Audience>
  const { id, call, version } = await app.member({
    headline: 'Engineer',
    location: 'London',
    about: 'Notes.',
    openToWork: true,
    visibility: { ...all, profile },
  })
  const skill = `Skill ${id}`
  const work = { title: 'Engineer', organization: 'Engines', start: '2020-01' }
  const one = await app.client.replaceExperience({ version, items: [work] }, call)
  const two = await app.client.replaceEducation({ version: one.version, items: [{ school: 'Home' }] }, call)
  const three = await app.client.replaceSkills({ version: two.version, items: [skill] }, call)
  const english = { language: 'en', proficiency: 'native' as const }
  await app.client.replaceLanguages({ version: three.version, items: [english] }, call)
  const handle = `h-${id.slice(-12)}`
  await app.client.chooseHandle({ handle }, call)
  return { id, call, skill, handle }
}

const shownOf = (profile: object) => sections.filter((section) => section in profile)
const absent = (error: { code?: string }) => {
  expect(error.code).toBe('not-found')
  return undefined
}

describe.each(audiences)('a profile for %s', (profile) => {
  test.each(audiences)('with sections for %s shows each viewer theirs, on every path', async (section) => {
    const owner = await filledProfile(profile, section)
    for (const viewer of ['anonymous', 'member', 'owner'] as const) {
      const call = { anonymous: anonymousCall(), member: userCall(), owner: owner.call }[viewer]
      const there = admits[viewer].includes(profile)
      const open = there && admits[viewer].includes(section)
      const expectSections = (seen: Profile | undefined, expected: readonly string[], path: string) => {
        expect(seen !== undefined, `${viewer} by ${path}`).toBe(there)
        if (seen) expect(shownOf(seen), `${viewer} by ${path}`).toEqual(open ? expected : [])
      }

      expectSections(await app.client.getProfile({ userId: owner.id }, call).catch(absent), sections, 'id')
      const byHandle = app.client.getProfileByHandle({ handle: owner.handle }, call)
      expectSections(await byHandle.catch(absent), sections, 'handle')
      const listed = await everyone(call)
      expectSections(
        listed.find(({ userId }) => userId === owner.id),
        cardSections,
        'list',
      )

      const bySkill = await app.client.listProfiles({ skill: owner.skill.toUpperCase() }, call)
      expect(bySkill.items.length, `${viewer} by skill`).toBe(open ? 1 : 0)
      const looking = await everyone(call, { openToWork: true })
      expect(
        looking.some(({ userId }) => userId === owner.id),
        `${viewer} by openToWork`,
      ).toBe(open)
    }
  })
})

test('the directory pages through everyone once, newest first', async () => {
  const ids: string[] = []
  for (let at = 0; at < 5; at += 1) ids.push((await app.member({ visibility: { profile: 'public' } })).id)
  const listed = (await everyone(userCall(), { limit: 2 })).map(({ userId }) => userId)
  expect(listed.filter((id) => ids.includes(id))).toEqual(ids.toReversed())
  expect(new Set(listed).size).toBe(listed.length)
})

test('whoever does not consent to be found is in nobody else’s list, but where a link leads to', async () => {
  const hidden = await app.member({ visibility: { profile: 'public', skills: 'public' } })
  const skill = `Skill ${hidden.id}`
  const { version } = await app.client.replaceSkills({ version: hidden.version, items: [skill] }, hidden.call)
  const viewers = { anonymous: anonymousCall(), member: userCall(), owner: hidden.call }
  const lists = async (call: typeof viewers.owner | typeof viewers.anonymous) => ({
    all: (await everyone(call)).some(({ userId }) => userId === hidden.id),
    bySkill: (await everyone(call, { skill })).length > 0,
  })
  for (const call of Object.values(viewers)) expect(await lists(call)).toEqual({ all: true, bySkill: true })

  await app.client.updateMe({ version, discoverable: false }, hidden.call)
  for (const [viewer, call] of Object.entries(viewers)) {
    const there = viewer === 'owner'
    expect(await lists(call), viewer).toEqual({ all: there, bySkill: there })
    expect(await app.client.getProfile({ userId: hidden.id }, call)).toMatchObject({ userId: hidden.id })
  }
  const told = (await app.published(profileUpdated))
    .filter(({ entity }) => entity.id === hidden.id)
    .sort((one, other) => one.entity.version - other.entity.version)
  expect(told.map(({ payload }) => payload.discoverable)).toEqual([true, true, true, false])
})

test.each(['x', 'bnVsbA', Buffer.from('[1e300,"x"]').toString('base64url')])(
  'a forged cursor %j is refused by name',
  async (cursor) => {
    const answer = await app.http({ method: 'GET', url: `/api/v1/users/profiles?cursor=${cursor}` })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ errors: [expect.objectContaining({ field: 'cursor' })] })
  },
)

test('a profile nobody has and one that is not for you look alike', async () => {
  const { id } = await app.member({ visibility: { profile: 'private' } })
  const hidden = await app.http({ method: 'GET', url: `/api/v1/users/profiles/${id}` })
  const unknown = await app.http({
    method: 'GET',
    url: '/api/v1/users/profiles/0199f0a0-0000-7000-8000-00000000dead',
  })
  expect([hidden.status, unknown.status]).toEqual([404, 404])
  const said = ({ body }: { body: unknown }) => {
    const { code, title, detail } = body as Record<string, unknown>
    return { code, title, detail }
  }
  expect(said(hidden)).toEqual(said(unknown))
})

function everyone(call: Parameters<typeof app.client.listProfiles>[1], filter = {}) {
  return allPages((window) => app.client.listProfiles({ ...window, ...filter }, call))
}
