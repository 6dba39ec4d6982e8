import { maxDeviceChecks, type DeviceVerdict } from '@cenopie/interviews-contract'
import { service } from '@cenopie/platform-contract'
import { outbox } from '@cenopie/platform-outbox'
import { callBy } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetDeviceChecksSchedule } from '../tasks/forget-device-checks.ts'
import { content } from '../testing/content.ts'
import { outcome } from '../testing/outcome.ts'
import { anyone, giveConsent, startScene, type Invitation, type Scene } from '../testing/scene.ts'
import { speechFolder, type SpeechFolder } from '../testing/speech.ts'

let scene: Scene
let folder: SpeechFolder
let [voice, still] = ['', '']
beforeAll(async () => {
  folder = await speechFolder()
  voice = await folder.say('I am trying out my camera and my microphone before the interview begins.')
  still = await folder.make('still.jpg', '-f', 'lavfi', '-i', 'testsrc2=size=320x180', '-frames:v', '1')
  scene = await startScene()
})
afterAll(async () => {
  await scene.app.close()
  await folder.remove()
})

type Mode = 'audio' | 'video'
/** Without a sound or a picture there is none. */
interface Made {
  sound?: string
  picture?: string
  seconds?: number
}
const begin = ({ token }: Pick<Invitation, 'token'>, mode: Mode = 'video') =>
  scene.client.beginDeviceCheck({ token, mode }, anyone())
const view = ({ token }: Pick<Invitation, 'token'>, checkId: string) =>
  scene.client.viewDeviceCheck({ token, checkId }, anyone())

/** What is found of such a recording. */
async function check(mode: Mode, made: Made, invitation?: Invitation) {
  const invited = invitation ?? (await scene.invite())
  const { checkId, fileId } = await begin(invited, mode)
  if (made.picture !== undefined) scene.media.sees(fileId, made.picture)
  await scene.media.record(scene.app, fileId, made.sound, made.seconds)
  await scene.app.idle()
  return { ...(await view(invited, checkId)), fileId, invited }
}

/** The voice as a filter of ffmpeg leaves it, through what a browser encodes. */
async function heardThrough(name: string, filter: string): Promise<string> {
  const sent = await folder.make(
    `${name}.webm`,
    '-i',
    voice,
    '-af',
    filter,
    '-ar',
    '48000',
    '-c:a',
    'libopus',
  )
  return folder.make(`${name}.wav`, '-i', sent, '-ac', '1', '-ar', '16000')
}

const drawn = (name: string, source: string) =>
  folder.make(`${name}.jpg`, '-f', 'lavfi', '-i', source, '-frames:v', '1')

test('a candidate learns that camera and microphone work, and the recording is gone at once', async () => {
  const { status, findings, fileId } = await check('video', { sound: voice, picture: still })
  expect(status).toBe('checked')
  expect(findings).toMatchObject({ verdict: 'good', advice: [], picture: { width: 1280, height: 720 } })
  const { peakDbfs = 0, meanDbfs = 0, voiceSeconds = 0 } = findings?.sound ?? {}
  expect(meanDbfs).toBeLessThan(peakDbfs)
  expect(peakDbfs).toBeCloseTo(-4, 0) // As ffmpeg's volumedetect says.
  expect(voiceSeconds).toBeGreaterThan(2)
  expect(scene.media.gone.has(fileId)).toBe(true)
})

test.each<[DeviceVerdict, string]>([
  ['silent', 'volume=-70dB'],
  ['too-quiet', 'volume=-40dB'],
  ['good', 'volume=-15dB'],
  ['clipped', 'volume=18dB,aformat=s16'],
])('%s: %s', async (verdict, filter) => {
  const name = filter.replaceAll(/\W/g, '-')
  const found = await check('audio', { sound: await heardThrough(name, filter) })
  expect(found.findings).toMatchObject({ verdict, advice: { length: verdict === 'good' ? 0 : 1 } })
})

test('noise is no voice', async () => {
  const noise = await folder.make('noise.wav', '-f', 'lavfi', '-i', 'anoisesrc=d=4:a=0.05:seed=1:r=16000')
  expect((await check('audio', { sound: noise })).findings?.verdict).toBe('no-voice')
})

test('what is missing is told, the gravest first', async () => {
  const dark = await drawn('dark', 'color=0x050505:size=320x180')
  const verdicts = async (mode: Mode, made: Made) => {
    const { findings } = await check(mode, made)
    return [findings?.verdict, findings?.advice.length]
  }
  expect(await verdicts('video', { picture: still })).toEqual(['no-sound', 1])
  expect(await verdicts('video', { sound: voice })).toEqual(['no-picture', 1])
  expect(await verdicts('video', { sound: voice, picture: dark })).toEqual(['dark-picture', 1])
  expect(await verdicts('video', { picture: dark })).toEqual(['no-sound', 2])
  expect(await verdicts('audio', { sound: voice })).toEqual(['good', 0])
  expect(await verdicts('audio', { sound: voice, seconds: 0.4 })).toEqual(['too-short', 1])
})

test('it answers nothing, counts as nothing, and nobody at the company sees it', async () => {
  const [first] = content.questions
  if (!first) throw new Error('the content has a question')
  const modes = ['video' as const, 'text' as const]
  const invitation = await scene.invite(undefined, { questions: [{ ...first, modes, retakes: 0 }] })
  const { token, interviewId, company } = invitation
  const asked = scene.transcriber.asked.length
  const { id, fileId } = await check('video', { sound: voice, picture: still }, invitation)
  const seen = await scene.client.viewLink({ token }, anyone())
  expect(seen).toMatchObject({ status: 'invited', questions: [{ takesLeft: 1, takes: [] }] })
  await scene.complete(invitation, { texts: ['I took responsibility for it.'] })
  await scene.app.idle()
  const { recruiter } = company
  const shown = [
    await scene.client.reviewInterview({ interviewId }, recruiter),
    await scene.client.exportInterview({ interviewId }, recruiter),
    await scene.client.listAuditTrail({ interviewId }, recruiter),
  ]
  for (const known of [id, fileId]) expect(JSON.stringify(shown)).not.toContain(known)
  expect(scene.transcriber.asked.length).toBe(asked)
  // The candidate, who is told everything, is told of it.
  const mine = await scene.client.viewMyInterviewData({ interviewId }, invitation.candidate)
  expect(mine.deviceChecks).toMatchObject([{ id, findings: { verdict: 'good' } }])
})

test('media is told how little it may be; who it is for, how long and until when', async () => {
  const invitation = await scene.invite()
  const before = Date.now()
  const { fileId, maxSeconds, expiresAt } = await begin(invitation, 'audio')
  expect(scene.media.grants.get(fileId)).toMatchObject({
    owner: { module: 'interviews', kind: 'device-check', id: invitation.interviewId },
    companyId: invitation.company.id,
    maxSeconds: maxSeconds + 5,
    maxBytes: 3_500_000,
    expiresAt,
  })
  expect(Date.parse(expiresAt) - before).toBeLessThan(1_000_000)
})

test('one that media cannot read says why; a later success undoes that, late news do not', async () => {
  const invitation = await scene.invite()
  const { checkId, fileId } = await begin(invitation)
  expect(await view(invitation, checkId)).toMatchObject({ status: 'begun' })
  await scene.media.uploaded(scene.app, fileId)
  expect(await view(invitation, checkId)).toMatchObject({ status: 'uploaded' })
  await scene.media.failed(scene.app, fileId, 'The file is empty.')
  expect(await view(invitation, checkId)).toMatchObject({ status: 'failed', reason: 'The file is empty.' })
  await scene.media.ready(scene.app, fileId, voice)
  await scene.app.idle()
  await scene.media.failed(scene.app, fileId)
  await scene.media.uploaded(scene.app, fileId)
  const { status, findings, reason } = await view(invitation, checkId)
  expect([status, findings?.verdict, reason]).toEqual(['checked', 'no-picture', undefined])
})

test('there are only so many, while answers are taken, and each for its own link', async () => {
  const [invitation, other] = [await scene.invite(), await scene.invite()]
  const { checkId } = await begin(invitation)
  expect(await outcome(view(other, checkId))).toBe('not-found')
  expect(await outcome(begin({ token: 'somebody-elses' }))).toBe('not-found')
  await scene.app.sql(
    `INSERT INTO device_check (id, interview_id, mode, file_id, status, begun_at)
     SELECT gen_random_uuid(), $1, 'audio', gen_random_uuid(), 'begun', now() FROM generate_series(3, $2)`,
    [invitation.interviewId, maxDeviceChecks],
  )
  const last = await Promise.all([outcome(begin(invitation)), outcome(begin(invitation))])
  expect(last.toSorted()).toEqual(['interviews.too-many-device-checks', 'ok'])
  await scene.client.decideConsent({ token: other.token, ...giveConsent }, anyone())
  await scene.complete(other)
  expect(await outcome(begin(other))).toBe('interviews.already-submitted')
})

test('it is forgotten after some hours, with its recording if that never came to an end', async () => {
  const [old, young] = [await scene.invite(), await scene.invite()]
  const checks = { old: await begin(old), young: await begin(young) }
  await scene.app.sql(`UPDATE device_check SET begun_at = now() - interval '241 minutes' WHERE id = $1`, [
    checks.old.checkId,
  ])
  await scene.app.sql(`UPDATE device_check SET begun_at = now() - interval '239 minutes' WHERE id = $1`, [
    checks.young.checkId,
  ])
  const { run } = forgetDeviceChecksSchedule(scene.app.platform.database('interviews'), outbox, {
    deviceCheckHours: 4,
    retentionCheckSeconds: 1,
  })
  await run(callBy(service('interviews')), new AbortController().signal)
  await scene.app.idle()
  expect(await outcome(view(old, checks.old.checkId))).toBe('not-found')
  expect(await outcome(view(young, checks.young.checkId))).toBe('ok')
  expect(scene.media.gone.has(checks.old.fileId)).toBe(true)
  expect(scene.media.gone.has(checks.young.fileId)).toBe(false)
})

test('an erasure of the interview takes it along', async () => {
  const invitation = await scene.invite()
  const { interviewId, candidate } = invitation
  const { fileId } = await begin(invitation)
  const { counts } = await scene.client.eraseMyInterview({ interviewId }, candidate)
  expect(counts.recordings).toBe(1)
  await scene.app.idle()
  expect(scene.media.gone.has(fileId)).toBe(true)
  expect(await scene.app.sql('SELECT 1 FROM device_check WHERE interview_id = $1', [interviewId])).toEqual([])
})
