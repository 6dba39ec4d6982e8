import { Redis } from 'ioredis'
import { beforeAll, expect, test } from 'vitest'
import { eventually } from './client/eventually.ts'
import { messagesOf } from './client/mailbox.ts'
import { crowd } from './journey/crowd.ts'
import { inTurns } from './journey/in-turns.ts'
import { startChatProvider, type ChatProvider } from './platform/chat-provider.ts'
import { platformUnderTest, type PlatformUnderTest } from './platform/platform-under-test.ts'
import { waitingEntries } from './platform/waiting-entries.ts'

const size = { postings: 40, candidates: 5 }
const interviews = size.postings * size.candidates
/** After so many answers of the provider the process is killed; once Redis is emptied while it is down. */
const kills = [20, 50, 80, 110, 140]
/** Mails on the wire at once: whether the server took those, a killed process cannot know. */
const mailConnections = 4

let provider: ChatProvider
let platform: PlatformUnderTest
beforeAll(async () => {
  provider = await startChatProvider(100)
  platform = await platformUnderTest({
    env: {
      CENOPIE_INTERVIEWS_ANALYST: 'openai-compatible',
      CENOPIE_INTERVIEWS_ANALYST_BASE_URL: provider.url,
      CENOPIE_INTERVIEWS_ANALYST_MODEL: 'peer',
      CENOPIE_INTERVIEWS_ANALYSIS_CONCURRENCY: '4',
    },
  })
  return async () => {
    await platform.stop()
    await provider.stop()
  }
})

test(
  '200 analyses give 200 results and 200 mails, though the process is killed and Redis emptied',
  { timeout: 300_000 },
  async () => {
    const { recruiter, companyId, submissions } = await crowd(platform, size)
    await inTurns(8, submissions, (submit) => submit())
    provider.open()

    for (const answered of kills) {
      await provider.hasAnswered(answered)
      await platform.kill()
      if (answered === kills[2]) await empty(platform.redisUrl)
      await platform.start()
    }
    await eventually(
      'every analysis to be over',
      async () => (await waitingEntries(platform.databaseUrl)) === 0,
      {
        seconds: 120,
        every: 500,
      },
    )

    const results = await analysed()
    expect(new Set(results).size).toBe(interviews)
    const mails = await platform.mailbox.list()
    const messages = messagesOf(mails)
    const analysisTold = messages.filter(({ subject }) => /^Interview analysed/.test(subject))
    expect(analysisTold.map(({ to }) => to)).toEqual(
      Array.from({ length: interviews }, () => recruiter.email),
    )
    // No message was written twice; one that a kill left in doubt is the same message, sent again.
    expect(new Set(messages.map(({ to, subject }) => `${to}: ${subject}`)).size).toBe(messages.length)
    expect(mails.length - messages.length).toBeLessThanOrEqual(kills.length * mailConnections)

    async function analysed(): Promise<string[]> {
      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page = await recruiter.api.interviews.listInterviews({
          companyId,
          status: 'analysed',
          limit: 100,
          cursor,
        })
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor)
      return ids
    }
  },
)

async function empty(url: string): Promise<void> {
  const redis = new Redis(url)
  await redis.flushall()
  redis.disconnect()
}
