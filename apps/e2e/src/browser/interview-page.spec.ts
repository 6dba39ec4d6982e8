import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wordErrorRate } from '@cenopie/platform-testing/word-error-rate'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { eventually } from '../client/eventually.ts'
import { recordedSpeech, voiceOf } from '../client/speech.ts'
import { foundCompany } from '../journey/hiring.ts'
import { invited } from '../journey/interviewing.ts'
import { newcomer, type Person } from '../journey/person.ts'
import { ownProfile } from '../journey/profile.ts'
import { spokenTemplate } from '../journey/rubric.ts'
import { platformUnderTest, type PlatformUnderTest } from '../platform/platform-under-test.ts'
import { openBrowser } from './chromium.ts'

const said =
  'Two people on my team did not agree about the plan. We met the next day and talked about the problem. ' +
  'In the end the team agreed to take the simple plan.'
/**
 * Of the words, at most. A browser records in real time, and loses some of it on a busy machine; how well a whole
 * recording is understood, the journey `recording` says.
 */
const mostErrors = 0.5
/** Before the first word, so that the recording has begun by then, seconds. */
const silence = 6

let platform: PlatformUnderTest
let recruiter: Person
let companyId: string
let browser: Browser
let folder: string
let seconds: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cenopie-browser-'))
  const voice = join(folder, 'voice.wav')
  const [length, started] = await Promise.all([voiceOf(said, voice, silence), platformUnderTest()])
  seconds = length
  platform = started
  browser = await openBrowser({ voice, allowed: true })
  recruiter = await newcomer(platform, 'Rita Recruiter')
  companyId = (await foundCompany(recruiter)).id
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await platform?.stop()
  await rm(folder, { recursive: true })
})

/** Somebody new, with the link of the mail that invited them. */
async function candidate(name: string) {
  const person = await newcomer(platform, name)
  await ownProfile(person)
  const interviewId = await invited(recruiter, person, companyId, 'en', spokenTemplate)
  const mail = await platform.mailbox.waitFor(person.email, /invites you to an interview/)
  const link = /http\S+\/pages\/[\w-]{43}/.exec(mail.text)?.[0]
  if (!link) throw new Error(`no link in ${mail.text}`)
  return { interviewId, link }
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** What is made of a recording takes as long as the machine is busy with others, milliseconds. */
const patience = 120_000

/** @throws with what the page says instead */
async function sees(page: Page, text: string | RegExp): Promise<void> {
  try {
    await page.getByText(text).first().waitFor({ timeout: patience })
  } catch (cause) {
    throw new Error(`"${text}" is not on the page: ${await page.locator('body').innerText()}`, { cause })
  }
}

test(
  'a candidate follows the link, records, loses the page and the line, and is heard',
  { timeout: 480_000 },
  async () => {
    const { interviewId, link } = await candidate('Sam Speaker')
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 } })
    const page = await context.newPage()
    const wrong = complaints(page)
    const response = await page.goto(link)
    expect(response?.headers()).toMatchObject({
      'content-security-policy': expect.stringMatching(/script-src 'self';.*media-src 'self' blob:/),
      'permissions-policy': 'camera=(self), microphone=(self)',
      'referrer-policy': 'no-referrer',
    })
    await press(page, 'I consent')
    await sees(page, 'You have consented.')
    await press(page, 'Check camera and microphone')
    await press(page, 'Start recording')
    await recordedFor(page, silence + 3, 15)
    await press(page, 'Stop recording')
    await sees(page, 'All is well: you can be heard and seen.')
    await press(page, 'Show this question now')
    await sees(page, /Begin by .* left/)

    await page.locator('[data-question]').last().getByRole('button', { name: 'Record video' }).click()
    await press(page, 'Start recording')
    await recordedFor(page, seconds, 120)
    await press(page, 'Stop recording')
    await sees(page, 'Recorded, and not sent yet.')

    const line = await unreliable(page)
    await press(page, 'Send this recording')
    await line.stuck
    await page.reload()
    await sees(page, 'The connection is lost.')
    await context.setOffline(false)
    await sees(page, 'Your recording has arrived.')
    expect(line.offsets.at(-1)).toBeGreaterThan(0)
    await press(page, 'Submit all answers')
    await sees(page, 'You have submitted your answers.')
    expect(wrong).toEqual([])

    const review = await eventually(
      'the analysis',
      async () => {
        const seen = await recruiter.api.interviews.reviewInterview({ interviewId })
        return ['analysed', 'analysis-failed', 'human-review'].includes(seen.status) && seen
      },
      { seconds: 120, every: 250 },
    )
    const answer = review.questions[0]?.answer
    expect(answer?.recording).toMatchObject({ mode: 'video', status: 'ready' })
    expect(answer?.recording?.urls.map(({ name }) => name)).toContainEqual(expect.stringMatching(/\.mp4$/))
    expect(wordErrorRate(said, answer?.transcript?.text ?? '')).toBeLessThanOrEqual(mostErrors)
    await context.close()
  },
)

/** Waits until the page shows that so many seconds of `limit` are over. */
async function recordedFor(page: Page, seconds: number, limit: number): Promise<void> {
  const clock = page.locator('.recording-now')
  await eventually(`${seconds} seconds of a recording`, async () => {
    const [, minutes = '', rest = ''] = /(\d+):(\d+) left/.exec((await clock.textContent()) ?? '') ?? []
    return Number(minutes) * 60 + Number(rest) <= limit - seconds
  })
}

/** What the browser refuses to do for the page: nothing of its own may break its own policy. */
function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy|Permissions policy/i.test(message.text())) heard.push(message.text())
  })
  return heard
}

/** A line on which the second piece of an upload gets stuck, and on which the one after that ends in nothing. */
async function unreliable(page: Page) {
  const offsets: number[] = []
  const stuck = Promise.withResolvers<void>()
  await page.route('**/api/v1/media/uploads/*', async (route: Route) => {
    const request = route.request()
    if (request.method() !== 'PATCH') return route.continue()
    offsets.push(Number(request.headers()['upload-offset']))
    if (offsets.length === 2) return stuck.resolve()
    if (offsets.length === 3) {
      await page.context().setOffline(true)
      return route.abort('internetdisconnected')
    }
    return route.continue()
  })
  return { offsets, stuck: stuck.promise }
}

test('whoever may or can not use a camera sends a file', { timeout: 240_000 }, async () => {
  const { link } = await candidate('Fay File')
  const denying = await openBrowser({ allowed: false })
  const page = await denying.newPage()
  await page.goto(link)
  await press(page, 'Show this question now')
  const question = page.locator('[data-question]').last()
  await question.getByRole('button', { name: 'Record video' }).click()
  await sees(page, /This page may not use your camera/)
  await question.getByRole('button', { name: 'Use a file (video)' }).click()
  const buffer = await recordedSpeech('We talked about the problem.')
  await question
    .locator('input[type=file]')
    .setInputFiles({ name: 'answer.webm', mimeType: 'video/webm', buffer })
  await press(page, 'Send this recording')
  await sees(page, 'Your recording has arrived.')
  await sees(page, /Recording 1: ready/)
  await denying.close()
})

test('without scripts the same page is answered in writing', { timeout: 240_000 }, async () => {
  const { link, interviewId } = await candidate('Wil Writer')
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(link)
  await press(page, 'Show this question now')
  await sees(page, 'To record here, open this page in a browser that runs scripts')
  await press(page, 'Answer in writing')
  await page.getByLabel('Or answer in writing').fill('We compared both plans and the team agreed.')
  await press(page, 'Submit all answers')
  await sees(page, 'You have submitted your answers.')
  const { status } = await recruiter.api.interviews.reviewInterview({ interviewId })
  expect(status).not.toBe('in-progress')
  await context.close()
})
