import { interviewsEvents } from '@cenopie/interviews-contract'
import { pdfPages } from '@cenopie/platform-testing/pdf-text'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { interviewPdf } from '../documents/interview-pdf.ts'
import { consentText } from '../domain/consent.ts'
import { TranscriptionError } from '../domain/transcriber.ts'
import { gate } from '../testing/gate.ts'
import { anyone, type Invitation } from '../testing/scene.ts'
import { solid } from '../testing/scripted-analyst.ts'
import { heard, sentence } from '../testing/scripted-transcriber.ts'
import { allDone, spoken, startSpokenScene, type SpokenScene } from '../testing/spoken-scene.ts'

let scene: SpokenScene
beforeAll(async () => {
  // Two at a time, so that two runs of one step can meet.
  scene = await startSpokenScene({ transcriptionConcurrency: 2 })
})
beforeEach(() => {
  scene.transcriber.play(() => Promise.resolve(heard(sentence)))
  scene.analyst.play((input) => Promise.resolve(solid(input)))
})
afterAll(() => scene.close())

const { analysed, analysisFailed, submitted } = interviewsEvents
const told = async (event: typeof analysed | typeof analysisFailed, interviewId: string) =>
  (await scene.app.published(event))
    .map(({ payload }) => payload)
    .filter((payload) => payload.interviewId === interviewId)
/** What the export for the file says, in one line. */
const printed = async ({ interviewId, company }: Invitation) => {
  const found = await scene.client.exportInterview({ interviewId }, company.recruiter)
  return (await pdfPages(await interviewPdf(found))).join('\n').replaceAll('\n', ' ')
}
const left = (answerId: string) =>
  scene.app.sql(
    `SELECT 'transcript' AS what FROM transcript WHERE answer_id = $1
     UNION ALL SELECT 'step' FROM analysis_step WHERE answer_id = $1
     UNION ALL SELECT 'score' FROM score WHERE answer_id = $1`,
    [answerId],
  )

test('a spoken answer comes back with words, times, quotes, measures and scores', async () => {
  const invitation = await scene.answerAloud(scene.record)
  await scene.app.idle()
  const review = await scene.review(invitation)
  expect(review).toMatchObject({ status: 'analysed', overall: 3 })
  const answer = await scene.answerOf(invitation)
  expect(answer.recording).toMatchObject({
    fileId: invitation.fileId,
    status: 'ready',
    takeNumber: 1,
    urls: [{ name: 'video.mp4', url: expect.stringContaining(invitation.fileId) }],
  })
  expect(answer.transcript).toMatchObject({ engine: 'scripted', text: sentence.replace('um ', '') })
  expect(answer.transcript?.words).toHaveLength(11)
  expect(answer.measures).toMatchObject({ words: 10, fillers: { byText: { um: 1 } } })
  // The analyst quotes the first three words; sounds of hesitation never reach it.
  expect(answer.analysis.scores[0]?.quotes).toEqual([
    { text: 'so I took', start: 0, end: 9, startSeconds: 0, endSeconds: 1.9 },
  ])
  const data = await scene.client.viewMyInterviewData(
    { interviewId: invitation.interviewId },
    invitation.candidate,
  )
  expect(data).toMatchObject({
    recordings: [{ take: 1, status: 'ready', urls: answer.recording?.urls }],
    answers: [{ transcript: sentence, transcriptConfidence: answer.transcript?.confidence }],
  })
  const pdf = await printed(invitation)
  for (const part of [
    `Recording: video, take 1, ready`,
    `file ${invitation.fileId}`,
    'Transcript: by scripted',
    '“so I took” (0 to 1.9 s)',
    'Words per minute (for information, never scored)',
    'Sounds of hesitation: 1',
  ]) {
    expect(pdf).toContain(part)
  }
  expect(await scene.steps(invitation)).toEqual(allDone)
  expect(scene.media.kept.has(invitation.fileId)).toBe(true)
  const { asked } = scene.analyst
  expect(JSON.stringify(asked.at(-1)?.input)).not.toMatch(/wordsPerMinute|fillers|um I/)
})

test('who submits before the recording is ready is analysed when it is, in whatever order the news come', async () => {
  const invitation = await scene.answerAloud(async (fileId) => scene.media.has(fileId, 'processing'))
  await scene.app.idle()
  expect(await scene.steps(invitation)).toMatchObject({ recording: 'running', transcript: 'waiting' })
  const asked = scene.transcriber.asked.length
  await scene.media.ready(scene.app, invitation.fileId, scene.sound)
  await scene.media.uploaded(scene.app, invitation.fileId)
  await scene.media.ready(scene.app, invitation.fileId, scene.sound)
  await scene.app.idle()
  expect(await scene.steps(invitation)).toEqual(allDone)
  expect(scene.transcriber.asked.length).toBe(asked + 1)
  expect(await scene.count(analysed, invitation.interviewId)).toBe(1)
})

test('what arrives after the submission is no part of it', async () => {
  const invitation = await scene.invite(undefined, spoken)
  await scene.answer(invitation, 'Rather in writing: I took responsibility for it.')
  const { fileId } = await scene.answerAloud(() => Promise.resolve(), invitation)
  await scene.record(fileId)
  await scene.app.idle()
  const answer = await scene.answerOf(invitation)
  expect(answer.transcript).toBeUndefined()
  expect(answer.recording).toBeUndefined()
  expect(answer.analysis.status).toBe('done')
})

test('without consent, too, what arrives after the submission is no part of it', async () => {
  const invitation = await scene.invite(undefined, spoken)
  await scene.answer(invitation, 'Rather in writing.')
  const { fileId } = await scene.beginTake(invitation)
  await scene.client.submitInterview({ token: invitation.token }, anyone())
  await scene.record(fileId)
  await scene.app.idle()
  expect((await scene.answerOf(invitation)).recording).toBeUndefined()
  expect(scene.media.kept.has(fileId)).toBe(false)
})

test('a transcript that is not sure enough is flagged for people and never scored', async () => {
  scene.transcriber.play(() => Promise.resolve(heard(sentence, 0.2)))
  const asked = scene.analyst.asked.length
  const invitation = await scene.answerAloud(scene.record)
  await scene.app.idle()
  expect(scene.analyst.asked.length).toBe(asked)
  const review = await scene.review(invitation)
  expect(review).toMatchObject({ status: 'human-review' })
  expect(review).not.toHaveProperty('overall')
  const answer = await scene.answerOf(invitation)
  expect(answer.transcript?.refusal).toMatchObject({ code: 'low-confidence' })
  expect(answer.analysis).toMatchObject({
    status: 'none',
    scores: [],
    reason: answer.transcript?.refusal?.reason,
  })
  const { interviewId, candidate } = invitation
  const { answers } = await scene.client.viewMyInterviewData({ interviewId }, candidate)
  expect(answers[0]).toMatchObject({
    transcriptConfidence: answer.transcript?.confidence,
    transcriptRefusal: answer.transcript?.refusal?.reason,
  })
  expect(await scene.steps(invitation)).toMatchObject({
    transcript: 'refused',
    scoring: 'refused',
    report: 'cancelled',
  })
  expect(await told(analysisFailed, invitation.interviewId)).toMatchObject([{ leftToPeople: true }])
  expect(await scene.count(analysed, invitation.interviewId)).toBe(0)
})

test('a refused answer beside a good one leaves the interview analysed by the good one', async () => {
  scene.transcriber.play(() => Promise.resolve(heard(sentence, 0.2)))
  const invitation = await scene.invite(undefined, spoken)
  await scene.client.saveAnswer(
    { token: invitation.token, questionId: invitation.questions[1] ?? '', text: 'I like engines.' },
    anyone(),
  )
  await scene.answerAloud(scene.record, invitation)
  await scene.app.idle()
  const marked = { status: 'analysed', overall: 3, unscored: 1 }
  expect(await scene.review(invitation)).toMatchObject(marked)
  expect((await scene.answerOf(invitation)).analysis).toMatchObject({ status: 'none', scores: [] })
  const { company, postingId, interviewId } = invitation
  const of = { companyId: company.id, postingId }
  expect((await scene.client.listInterviews(of, company.interviewer)).items).toMatchObject([marked])
  const { interviews } = await scene.client.compareInterviews(of, company.interviewer)
  expect(interviews).toMatchObject([marked])
  expect(await told(analysed, interviewId)).toMatchObject([{ unscored: 1 }])
  const pdf = await printed(invitation)
  expect(pdf).toContain('Answers that no software could score: 1')
  expect(pdf).toMatch(/Not to be relied on, and not scored: \w+/)
})

test('a recording without sound is left to people', async () => {
  const invitation = await scene.answerAloud((fileId) => scene.media.record(scene.app, fileId))
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({ status: 'human-review' })
  expect((await scene.answerOf(invitation)).analysis.reason).toContain('no sound')
})

test('run twice, or killed after any step, each step has one result', async () => {
  // A worker that dies after its work and before its outcome is known runs again: so does every task here, at once.
  const twice = gate(2)
  scene.transcriber.play(async () => {
    await twice.pass()
    return heard(sentence)
  })
  const invitation = await scene.answerAloud(async (fileId) => scene.media.has(fileId, 'processing'))
  await scene.media.ready(scene.app, invitation.fileId, scene.sound)
  const { id: answerId } = await scene.answerOf(invitation)
  await scene.runAgain('interviews.transcribe-answer', answerId)
  await twice.arrived
  twice.open()
  await scene.app.idle()
  for (const name of [
    'interviews.transcribe-answer',
    'interviews.measure-speech',
    'interviews.analyse-answer',
  ]) {
    await scene.runAgain(name, answerId)
    await scene.app.idle()
  }
  expect(await scene.steps(invitation)).toEqual(allDone)
  const counts = await scene.app.sql(
    `SELECT (SELECT count(*)::int FROM transcript WHERE answer_id = $1) AS transcripts,
       (SELECT count(*)::int FROM score WHERE answer_id = $1) AS scores,
       (SELECT count(*)::int FROM audit_entry WHERE interview_id = $2 AND action = 'answer.transcribed') AS heard,
       (SELECT count(*)::int FROM audit_entry WHERE interview_id = $2 AND action = 'answer.analysed') AS scored`,
    [answerId, invitation.interviewId],
  )
  expect(counts).toEqual([{ transcripts: 1, scores: 2, heard: 1, scored: 1 }])
  expect(await scene.count(analysed, invitation.interviewId)).toBe(1)
})

test('a transcriber that fails is asked again with the same key, and a step that failed for good is where a retry begins', async () => {
  const before = scene.transcriber.asked.length
  scene.transcriber.play(() =>
    Promise.reject(new TranscriptionError('provider-unavailable', 'The provider answered 503.')),
  )
  const invitation = await scene.answerAloud(scene.record)
  await scene.app.idle()
  expect(new Set(scene.transcriber.asked.slice(before)).size).toBe(1)
  expect(scene.transcriber.asked.length).toBe(before + 3)
  expect(await scene.review(invitation)).toMatchObject({ status: 'analysis-failed' })
  const answer = await scene.answerOf(invitation)
  expect(answer.analysis).toMatchObject({ status: 'failed', reason: 'The provider answered 503.' })
  expect(await scene.steps(invitation)).toMatchObject({
    transcript: 'failed',
    measures: 'waiting',
    scoring: 'failed',
  })

  scene.transcriber.play(() => Promise.resolve(heard(sentence)))
  const { interviewId, company } = invitation
  await scene.client.retryAnalysis({ interviewId, answerId: answer.id }, company.recruiter)
  await scene.app.idle()
  expect(await scene.steps(invitation)).toEqual(allDone)

  // The scoring alone is repeated where only that failed.
  scene.analyst.play(() => Promise.reject(new Error('down')))
  const again = await scene.answerAloud(scene.record)
  await scene.app.idle()
  const heardSoFar = scene.transcriber.asked.length
  scene.analyst.play((input) => Promise.resolve(solid(input)))
  const { id: answerId } = await scene.answerOf(again)
  await scene.client.retryAnalysis({ interviewId: again.interviewId, answerId }, again.company.recruiter)
  await scene.app.idle()
  expect(await scene.steps(again)).toEqual(allDone)
  expect(scene.transcriber.asked.length).toBe(heardSoFar)
})

test('a transcription that had failed and is replayed ends also when its transcript is refused', async () => {
  scene.transcriber.play(() => Promise.reject(new TranscriptionError('audio-unreadable', 'Cut off.')))
  const invitation = await scene.answerAloud(scene.record)
  await scene.app.idle()
  expect(await scene.steps(invitation)).toMatchObject({ transcript: 'failed', scoring: 'failed' })
  scene.transcriber.play(() => Promise.resolve(heard(sentence, 0.2)))
  await scene.runAgain('interviews.transcribe-answer', (await scene.answerOf(invitation)).id)
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({ status: 'human-review' })
  expect(await scene.steps(invitation)).toMatchObject({ transcript: 'refused', scoring: 'refused' })
})

test.each(['transcript', 'scoring'])(
  'consent withdrawn during the %s stops it and deletes what it made',
  async (step) => {
    const held = gate()
    let sentOn = false
    if (step === 'transcript') {
      scene.transcriber.play(async (_sound, { permit }) => {
        await held.pass()
        await permit('1')
        sentOn = true
        return heard(sentence)
      })
    } else {
      scene.analyst.play(async (input) => {
        await held.pass()
        return solid(input)
      })
    }
    const invitation = await scene.answerAloud(scene.record)
    await held.arrived
    const { token } = invitation
    await scene.client.decideConsent({ token, decision: 'withdrawn', version: consentText.version }, anyone())
    held.open()
    await scene.app.idle()
    expect(sentOn).toBe(false)
    const answer = await scene.answerOf(invitation)
    expect(await left(answer.id)).toEqual([])
    expect(answer.analysis).toMatchObject({ status: 'cancelled', scores: [] })
    expect(answer).not.toHaveProperty('transcript')
    expect(answer).not.toHaveProperty('measures')
    // People still see it: the recording is the answer.
    expect(answer.recording).toMatchObject({ status: 'ready' })
    expect(await scene.steps(invitation)).toMatchObject({ transcript: 'cancelled', scoring: 'cancelled' })
    expect(await scene.count(analysed, invitation.interviewId)).toBe(0)
  },
)

test('without consent a recording is seen by people and fetched by nobody', async () => {
  const invitation = await scene.invite(undefined, spoken)
  const { fileId } = await scene.beginTake(invitation)
  await scene.record(fileId)
  await scene.client.submitInterview({ token: invitation.token }, anyone())
  await scene.app.idle()
  expect(scene.media.fetched).not.toContain(fileId)
  expect((await scene.answerOf(invitation)).recording).toMatchObject({ status: 'ready' })
  const [event] = (await scene.app.published(submitted)).filter(
    ({ entity }) => entity.id === invitation.interviewId,
  )
  expect(event?.payload.humanReview).toBe(true)
})
