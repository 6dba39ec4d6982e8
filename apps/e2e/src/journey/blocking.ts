import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { Problem } from '../client/problem.ts'
import { newcomer, type Person } from './person.ts'
import { ownProfile } from './profile.ts'
import type { Stage } from './stage.ts'

/** Two people who do not want to meet: one mutes, one blocks, and whoever wishes is found by nobody. */
export async function blocking(stage: Stage): Promise<void> {
  const { step } = stage
  const [one, other] = [await newcomer(stage, 'Bea Bothered'), await newcomer(stage, 'Otto Obtrusive')]
  const word = `bothered${stage.unique()}`
  const { userId: otherId } = await ownProfile(other)
  const { userId, ...mine } = await ownProfile(one)
  const { users } = one.api
  const { version } = await users.updateMe({ version: mine.version, headline: word })
  const { version: withSkill } = await users.replaceSkills({ version, items: [word] })

  await step('Somebody is muted, and listed no more, but still where a link leads to', async () => {
    await users.muteMember({ userId: otherId })
    const [muted] = (await users.listMutes({})).items
    assert.equal(muted?.userId, otherId)
    assert.equal((await users.getProfile({ userId: otherId })).userId, otherId)
    await users.unmuteMember({ userId: otherId })
    assert.deepEqual((await users.listMutes({})).items, [])
  })
  await step('Somebody is blocked, and neither finds the other', async () => {
    await eventually('the person in the index', () => finds(other, word))
    await users.blockMember({ userId: otherId })
    const [blocked] = (await users.listBlocks({})).items
    assert.equal(blocked?.name, other.name)
    assert.equal(await isThere(other, userId), false)
    assert.equal(await isThere(one, otherId), false)
    assert.deepEqual((await other.api.users.listProfiles({ skill: word })).items, [])
    await eventually('the block in the index', async () => !(await finds(other, word)))
  })
  await step('… until the block is lifted', async () => {
    await users.unblockMember({ userId: otherId })
    assert.equal(await isThere(other, userId), true)
    await eventually('the person in the index again', () => finds(other, word))
  })
  await step('Whoever does not want to be found is in no list', async () => {
    await users.updateMe({ version: withSkill, discoverable: false })
    assert.deepEqual((await other.api.users.listProfiles({ skill: word })).items, [])
    assert.equal(await isThere(other, userId), true)
    await eventually('the person to leave the index', async () => !(await finds(other, word)))
  })
}

async function isThere({ api }: Person, userId: string): Promise<boolean> {
  try {
    await api.users.getProfile({ userId })
    return true
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return false
    throw error
  }
}

/** As they described themselves last: news of what they wrote before may come first. */
async function finds({ api }: Person, word: string): Promise<boolean> {
  const { items } = await api.search.searchPeople({ q: word })
  return items.some(({ skills }) => skills.includes(word))
}
