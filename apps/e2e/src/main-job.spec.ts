import { beforeAll, expect, test } from 'vitest'
import { mainJob } from './journey/main-job.ts'
import { untold } from './journey/stage.ts'
import { platformUnderTest, type PlatformUnderTest } from './platform/platform-under-test.ts'

let platform: PlatformUnderTest
beforeAll(async () => {
  platform = await platformUnderTest()
  return platform.stop
})

test(
  'a company hires a candidate whose interview was analysed in the background',
  { timeout: 120_000 },
  async () => {
    const told: string[] = []
    const { review, application, candidate, recruiter } = await mainJob({
      ...platform,
      step: (title, work) => {
        told.push(title)
        return untold(title, work)
      },
    })

    expect(application.stage).toBe('offer')
    expect(review).toMatchObject({ status: 'decided', decision: 'advance' })
    expect(review.overall).toBeGreaterThan(2)
    expect(told.length).toBeGreaterThan(20)
    const subjects = async (email: string) =>
      (await platform.mailbox.list(email)).map(({ subject }) => subject)
    const toCandidate = await subjects(candidate.email)
    expect(new Set(toCandidate).size, `${toCandidate}: a mail came twice`).toBe(toCandidate.length)
    expect(await subjects(recruiter.email)).toContainEqual(expect.stringContaining('Interview analysed'))
  },
)
