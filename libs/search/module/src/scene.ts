import { randomUUID } from 'node:crypto'
import { jobsContract, jobsEvents } from '@cenopie/jobs-contract'
import type { Input, Output } from '@cenopie/platform-contract'
import { anonymousCall, fake, testModule } from '@cenopie/platform-testing'
import type { searchContract } from '@cenopie/search-contract'
import { profileUpdated, usersContract } from '@cenopie/users-contract'
import type { PostingFacts } from './domain/posting-document.ts'
import type { ProfileFacts } from './domain/person-document.ts'
import { search } from './index.ts'

type Jobs = (typeof jobsContract)['operations']
type Users = (typeof usersContract)['operations']

/** What the owning domains have: tests put there what a rebuild is to find. */
export interface Owned {
  postings: Output<Jobs['snapshotPostings']>['items']
  profiles: Output<Users['snapshotProfiles']>['items']
  blocks: Output<Users['snapshotBlocks']>['items']
  /** Entities on a page, at most. */
  pageSize: number
  /** Runs before a page is given. */
  beforePage: () => Promise<void>
}

type Operations = (typeof searchContract)['operations']
export type Scene = Awaited<ReturnType<typeof startScene>>

const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

export function posting(given: Partial<PostingFacts> = {}): PostingFacts {
  return {
    postingId: randomUUID(),
    companyId: randomUUID(),
    companyName: 'Analytical Engines',
    title: 'Backend engineer',
    description: 'You keep the engines running.',
    location: 'Berlin, Germany',
    workplace: 'hybrid',
    employment: 'full-time',
    skills: ['TypeScript', 'PostgreSQL'],
    publishedAt: ago(1),
    expiresAt: ago(-30),
    ...given,
  }
}

const everywhere = (audience: 'public' | 'members' | 'private') => ({
  profile: audience,
  location: audience,
  about: audience,
  experience: audience,
  education: audience,
  skills: audience,
  languages: audience,
  openToWork: audience,
})

export function profile(
  given: Partial<Omit<ProfileFacts, 'visibility'>> & {
    seenBy?: 'public' | 'members' | 'private'
    visibility?: Partial<ProfileFacts['visibility']>
  } = {},
): ProfileFacts {
  const { seenBy = 'public', visibility, ...rest } = given
  return {
    userId: randomUUID(),
    name: 'Ada Lovelace',
    headline: 'Engineer of analytical engines',
    location: 'London',
    openToWork: true,
    skills: ['Mathematics'],
    ...rest,
    visibility: { ...everywhere(seenBy), ...visibility },
  }
}

/** The module with the domains that feed it: what they tell, and what they have. */
export async function startScene(given: Partial<Owned> = {}) {
  const owned: Owned = {
    pageSize: 3,
    postings: [],
    profiles: [],
    blocks: [],
    beforePage: async () => undefined,
    ...given,
  }
  const paged = async <T>(items: T[], idOf: (item: T) => string, { limit = 100, cursor = '' }) => {
    await owned.beforePage()
    const rest = items.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)).filter((item) => idOf(item) > cursor)
    const page = rest.slice(0, Math.min(limit, owned.pageSize))
    const last = page.at(-1)
    return { items: page, ...(rest.length > page.length && last && { nextCursor: idOf(last) }) }
  }
  const app = await testModule(search, {
    requires: {
      jobs: fake(jobsContract, {
        snapshotPostings: (window) => paged(owned.postings, ({ postingId }) => postingId, window),
      }),
      users: fake(usersContract, {
        snapshotProfiles: (window) => paged(owned.profiles, ({ userId }) => userId, window),
        snapshotBlocks: (window) =>
          paged(owned.blocks, (block) => `${block.blockerId}:${block.blockedId}`, window),
      }),
    },
  })
  const scene = {
    app,
    owned,
    async publish(facts: PostingFacts, version = 1) {
      const fact = { entity: { id: facts.postingId, version }, payload: facts }
      await app.deliver(jobsEvents.postingPublished, fact)
      return facts
    },
    async close({ postingId, companyId }: PostingFacts, version = 2) {
      const payload = { postingId, companyId, reason: 'closed' as const }
      await app.deliver(jobsEvents.postingClosed, { entity: { id: postingId, version }, payload })
    },
    async tell(facts: ProfileFacts, version = 1) {
      await app.deliver(profileUpdated, { entity: { id: facts.userId, version }, payload: facts })
      return facts
    },
    postings: (q: string, filters: Input<Operations['searchPostings']> = {}) =>
      app.client.searchPostings({ q, ...filters }, anonymousCall()),
    /** Resolves when every index has been built. */
    built: async () => {
      for (;;) {
        const rows = await app.sql<{ built: boolean }>(
          `select bool_and(built_at is not null and not building) and count(*) = 3 as built from index_state`,
        )
        if (rows[0]?.built) return
        await app.idle()
      }
    },
  }
  await scene.built()
  return scene
}

export const titles = (page: { items: { title: string }[] }) => page.items.map(({ title }) => title)
