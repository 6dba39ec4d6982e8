import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { Problem } from '../client/problem.ts'
import { newcomer, type Person } from './person.ts'
import type { Stage } from './stage.ts'

/** The profile follows the account by an event, so right after sign-up it may not be there yet. */
export function ownProfile({ api }: Person) {
  return eventually('the new profile', () =>
    api.users.getMe({}).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return undefined
      throw error
    }),
  )
}

/** Someone fills in every section, is found, takes everything home and is forgotten. */
export async function profile(stage: Stage): Promise<void> {
  const { step, unique } = stage
  const person = await newcomer(stage, 'Petra Profile')
  const { users } = person.api
  const { userId, ...created } = await ownProfile(person)
  let { version } = created

  await step('Every section is filled in', async () => {
    const study = { school: 'University of London', degree: 'BSc', field: 'Mathematics', end: '2019-07' }
    ;({ version } = await users.updateMe({
      version,
      headline: 'Counts things',
      visibility: { profile: 'public' },
    }))
    ;({ version } = await users.replaceEducation({ version, items: [study] }))
    ;({ version } = await users.replaceLanguages({
      version,
      items: [{ language: 'en', proficiency: 'native' }],
    }))
    ;({ version } = await users.replaceSkills({ version, items: ['Counting'] }))
  })
  await step('… and found by id, by handle and in the directory', async () => {
    const handle = `petra-${unique()}`
    await users.chooseHandle({ handle })
    assert.equal((await users.getProfileByHandle({ handle })).userId, userId)
    assert.equal((await users.getProfile({ userId })).headline, 'Counts things')
    const { items } = await users.listProfiles({ skill: 'Counting', limit: 100 })
    assert(items.some((item) => item.userId === userId))
  })
  await step('Everything is taken home, then forgotten', async () => {
    assert.equal((await users.exportMe({})).profile.userId, userId)
    const { receiptId } = await users.eraseMe({})
    assert.equal((await users.eraseMe({})).receiptId, receiptId)
  })
}
