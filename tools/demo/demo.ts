/**
 * `npm run demo`: the platform's main job, and an interview that is spoken, through its public API, against the platform that runs (`npm start`).
 * Exits with 0 only if every step held. Repeatable: each run brings its own people and its own company.
 */
import { atRandom, mainJob, Mailbox, Problem, recording, type Exchange } from '@cenopie/e2e'
import { addressesFrom, requirePlatform } from './address.ts'
import { printEnding } from './ending.ts'
import { printInbox } from './inbox.ts'
import { printReview } from './review.ts'
import { printSpoken } from './spoken.ts'
import { heading, line, muted, stepper } from './terminal.ts'

const exchanges: Exchange[] = []

try {
  const address = addressesFrom(process.env)
  const mailbox = new Mailbox(address.mail)
  await requirePlatform(address)
  heading(`The main job of Cenopie, at ${address.api}`)
  const stage = {
    url: address.api,
    mailbox,
    unique: atRandom,
    step: stepper(),
    observe: (one: Exchange) => exchanges.push(one),
  }
  const story = await mainJob(stage)
  printReview(story.review)
  await printInbox(mailbox, [story.candidate, story.recruiter])
  heading('An interview that is spoken')
  printSpoken((await recording(stage)).review)
  printEnding(address, story.recruiter, exchanges)
} catch (error) {
  line()
  line(error instanceof Error ? error.message : String(error))
  const request = error instanceof Problem ? error.requestId : ''
  if (request) line(muted(`Look for "requestId":"${request}" in the log of the platform.`))
  process.exitCode = 1
}
