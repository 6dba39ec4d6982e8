import { openDatabase, type Database } from '@cenopie/platform-database'
import { sizeFromEnvironment } from '@cenopie/platform-testing/size'
import { beforeAll, expect, test } from 'vitest'
import { eventually } from './client/eventually.ts'
import { messagesOf } from './client/mailbox.ts'
import { invitedCrowd } from './journey/crowd.ts'
import { inTurns } from './journey/in-turns.ts'
import { spokenTemplate } from './journey/rubric.ts'
import { answerAloud } from './journey/spoken-crowd.ts'
import { hits } from './kills/kill.ts'
import { Killer } from './kills/killer.ts'
import { steps, stepsWithTools, taskOf } from './kills/steps.ts'
import { leftBehind } from './platform/left-behind.ts'
import type { PlatformProcess } from './platform/platform-process.ts'
import { platformUnderTest, type PlatformUnderTest } from './platform/platform-under-test.ts'
import { storedRecordings } from './platform/stored-recordings.ts'
import { waitingEntries } from './platform/waiting-entries.ts'

const given = sizeFromEnvironment({ RECORDINGS: 8, KILLS: 6, SEED: 1 })
const { RECORDINGS: recordings, KILLS: kills, SEED: seed } = given
const candidates = Math.min(5, recordings / 4)
/** Recordings on their way at once: enough that work is left while the leases of a dead worker run out. */
const hands = Math.min(recordings / 2, 32)
const minutes = 2 + recordings / 2

/**
 * Two tries for everything, one of which a killed tool takes: a file fails for good if a dead worker takes the other.
 */
const common = {
  CENOPIE_MEDIA_ATTEMPTS: '2',
  CENOPIE_MEDIA_BACKOFF_SECONDS: '1',
  CENOPIE_INTERVIEWS_TRANSCRIPTION_ATTEMPTS: '2',
  CENOPIE_INTERVIEWS_TRANSCRIPTION_BACKOFF_SECONDS: '1',
  // Candidates answer from addresses of their own: so many from one are turned away.
  CENOPIE_TRUST_PROXY: 'true',
}

let platform: PlatformUnderTest
let worker: PlatformProcess
let database: Database
beforeAll(async () => {
  const elsewhere = Object.values(taskOf).map((task) => `${task}=0`)
  platform = await platformUnderTest({ env: { ...common, CENOPIE_TASK_CONCURRENCY: elsewhere.join() } })
  // Transcription is what takes longest: with one at a time everything else would wait behind it.
  worker = await platform.beside({ ...common, CENOPIE_TASK_CONCURRENCY: `${taskOf.transcribe}=2` })
  await worker.start()
  database = openDatabase({ url: platform.databaseUrl, schema: 'public', poolSize: 2 })
  return async () => {
    await database.close()
    await worker.stop()
    await platform.stop()
  }
}, 120_000)

test(
  `${recordings} recordings and ${kills} kills of the worker and of its tools: each is analysed, none twice`,
  { timeout: minutes * 60_000 },
  async () => {
    const began = performance.now()
    const { recruiter, invitations } = await invitedCrowd(
      platform,
      { candidates, postings: recordings / candidates },
      spokenTemplate,
    )
    expect(invitations).toHaveLength(recordings)
    const killer = new Killer(worker, database, seed)
    let analysed = 0
    await Promise.all([
      inTurns(hands, [...invitations.entries()], async ([number, invitation]) => {
        await answered(await answerAloud(platform, invitation, number))
        analysed += 1
      }),
      disturb(),
    ])
    await eventually('nothing to wait', async () => (await waitingEntries(platform.databaseUrl)) === 0, {
      ...{ seconds: 120, every: 250 },
    })
    const hit = hits(killer.kills)
    const seconds = Math.round((performance.now() - began) / 1000)
    const of = (what: string) => killer.kills.filter((kill) => kill.what === what).length
    console.log(
      `${analysed} of ${recordings} recordings analysed in ${seconds} s, seed ${seed}: ` +
        `the worker was killed ${of('worker')} times, a tool ${of('tool')} times`,
    )
    console.table(Object.fromEntries(steps.map((step) => [step, hit[step] ?? {}])))

    expect(killer.kills).toHaveLength(kills)
    const found = await storedRecordings(database)
    expect(found).toHaveLength(recordings)
    for (const one of found) expect(one).toEqual(complete)
    expect(await deadLetters()).toEqual([])
    const told = messagesOf(await platform.mailbox.list(recruiter.email)).filter(({ subject }) =>
      /^Interview analysed/.test(subject),
    )
    expect(told).toHaveLength(recordings)
    expect(new Set(told.map(({ subject }) => subject)).size).toBe(recordings)
    // A small run has too few kills for that.
    if (kills >= 10 * steps.length) {
      expect(steps.filter((step) => !hit[step]?.['worker'])).toEqual([])
      expect(stepsWithTools.filter((step) => killedTools(hit[step]) === 0)).toEqual([])
    }
    expect(await leftBehind(platform.folder, database)).toEqual([])

    /** Kills while the first four in five recordings come through, by turns a worker and a tool. */
    async function disturb(): Promise<void> {
      for (let kill = 0; kill < kills; kill += 1) {
        const due = Math.floor((0.8 * (recordings - hands) * kill) / kills)
        await eventually(`${due} analyses`, () => Promise.resolve(analysed >= due), { seconds: minutes * 60 })
        await (kill % 2 === 0 ? killer.killTool() : killer.killWorker())
      }
    }
  },
)

const complete = {
  file: 'ready',
  version: 3,
  steps: ['inspect', 'poster', 'speech', 'store', 'stream', 'transcode'].map((step) => `${step} done`),
  renditions: expect.toSatisfy((names: string[]) => {
    const parts = names.filter((name) => /^48p-\d{4}\.m4s$/.test(name))
    const others = names.filter((name) => !parts.includes(name))
    const expected = [
      '48p-init.mp4',
      '48p.m3u8',
      'main.m3u8',
      'poster.jpg',
      'speech.wav',
      'video.mp4',
      'waveform.json',
    ]
    return parts.length > 0 && JSON.stringify(others) === JSON.stringify(expected)
  }) as unknown,
  audited: [
    'answer.analysed',
    'answer.transcribed',
    'consent.given',
    'interview.analysed',
    'interview.invited',
    'interview.submitted',
    'transcription.begun',
  ],
  told: 1,
  mails: 1,
  scores: spokenTemplate.questions[0]?.criteria.length,
}

function killedTools(row: Record<string, number> = {}): number {
  return Object.entries(row).reduce((sum, [by, times]) => sum + (by === 'worker' ? 0 : times), 0)
}

/** Resolves when the interview has its result, whatever it is. */
function answered(interviewId: string): Promise<unknown> {
  const status = { name: 'status', text: 'SELECT status FROM interviews.interview WHERE id = $1' }
  return eventually(
    'the analysis of a recording',
    async () => {
      const [row] = await database.query<{ status: string }>(status, [interviewId])
      return row?.status !== 'submitted'
    },
    { seconds: minutes * 60, every: 500 },
  )
}

function deadLetters(): Promise<unknown[]> {
  return database.query(
    `SELECT name, reason FROM media.dead_letter UNION ALL SELECT name, reason FROM interviews.dead_letter`,
  )
}
