import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { draftPosting, foundCompany } from './hiring.ts'
import { api, newcomer } from './person.ts'
import { ownProfile } from './profile.ts'
import type { Stage } from './stage.ts'

/** Postings and people are found once the news of them has come, and no longer when it says so. */
export async function search(stage: Stage): Promise<void> {
  const { step } = stage
  const recruiter = await newcomer(stage, 'Sam Seeker')
  const person = await newcomer(stage, 'Fay Findable')
  const guest = api(stage)
  const word = `keeper${stage.unique()}`

  const postingId = await step(
    'A posting that was published is found, misspelt and filtered too',
    async () => {
      const { id: companyId } = await foundCompany(recruiter)
      const { id } = await draftPosting(recruiter, companyId, `Lighthouse ${word}`)
      await recruiter.api.jobs.publishPosting({ postingId: id })
      await eventually('the posting in the index', async () => {
        const { items } = await guest.search.searchPostings({ q: `lighthouse ${word}` })
        return items.length === 1
      })
      const filters = { companyId, workplace: ['hybrid' as const], skills: ['typescript'] }
      const { items, facets } = await guest.search.searchPostings({ q: `lihgthouse ${word}`, ...filters })
      assert.equal(items[0]?.postingId, id)
      assert.deepEqual(facets?.employment, [{ value: 'full-time', count: 1 }])
      const { items: suggested } = await guest.search.suggest({ q: `lighthouse ${word}` })
      assert(suggested.some(({ text }) => text === `Lighthouse ${word}`))
      return id
    },
  )
  await step('… until it is closed', async () => {
    await recruiter.api.jobs.closePosting({ postingId })
    await eventually('the posting to leave the index', async () => {
      const { items } = await guest.search.searchPostings({ q: word })
      return items.length === 0
    })
  })
  await step('A person is found by those who may see them', async () => {
    const { userId, version } = await ownProfile(person)
    await person.api.users.updateMe({ version, headline: `Lighthouse ${word}` })
    const found = async (who: typeof guest) => {
      const { items } = await who.search.searchPeople({ q: word })
      return items.some((item) => item.userId === userId)
    }
    await eventually('the person in the index', () => found(recruiter.api))
    assert.equal(await found(guest), false)
  })
}
