import assert from 'node:assert/strict'
import type { InterviewReview } from '@cenopie/interviews-contract'
import { wordErrorRate } from '@cenopie/platform-testing/word-error-rate'
import { eventually } from '../client/eventually.ts'
import { recordedSpeech } from '../client/speech.ts'
import { uploadWithBreak } from '../client/upload.ts'
import { foundCompany } from './hiring.ts'
import { invited } from './interviewing.ts'
import { newcomer } from './person.ts'
import { ownProfile } from './profile.ts'
import { spokenAnswer, spokenTemplate } from './rubric.ts'
import type { Stage } from './stage.ts'

/** Of what the transcriber understood, at most: one word in five. */
const mostErrors = 0.2

/**
 * A candidate answers aloud: the server keeps the time, the recording is uploaded over a connection that breaks, and
 * what comes back is a transcript in step with the video, quotes with their times, measures and scores.
 */
export async function recording(stage: Stage) {
  const { step, url } = stage
  const recruiter = await newcomer(stage, 'Rosa Recruiter')
  const candidate = await newcomer(stage, 'Sam Speaker')
  await ownProfile(candidate)
  const { id: companyId } = await foundCompany(recruiter)
  const { interviews } = candidate.api
  const film = await step('The candidate has a camera and something to say', () =>
    recordedSpeech(spokenAnswer),
  )

  const interviewId = await step('A candidate is invited to answer aloud', () =>
    invited(recruiter, candidate, companyId, 'en', spokenTemplate),
  )
  const { token } = await interviews.openMyInterview({ interviewId })
  const view = await interviews.viewLink({ token })
  const questionId = view.questions[0]?.id ?? assert.fail('there is no question')
  await step('… sees no question before its time begins, and asks for more of it', async () => {
    assert.equal(view.questions[0]?.prompt, '')
    const { timeFactor } = await interviews.requestAlternative({ token, kind: 'more-time' })
    assert.equal(timeFactor, 1.5)
  })
  await step('… finds out that camera and microphone work', async () => {
    const check = await interviews.beginDeviceCheck({ token, mode: 'video' })
    await uploadWithBreak(url, check, await recordedSpeech('I am trying out my camera and my microphone.'))
    const { checkId } = check
    const { findings } = await eventually(
      'the device check',
      async () => {
        const seen = await interviews.viewDeviceCheck({ token, checkId })
        assert.notEqual(seen.status, 'failed', seen.reason)
        return seen.status === 'checked' && seen
      },
      { seconds: 60, every: 250 },
    )
    assert.equal(findings?.verdict, 'good', findings?.advice.join(' '))
    assert.deepEqual(findings?.picture, { width: 320, height: 240 })
  })
  await step('… tries out the camera with a question that does not count', async () => {
    const practice = view.practice ?? assert.fail('there is nothing to practise with')
    await interviews.beginTake({ token, questionId: practice.id, mode: 'video' })
  })
  await interviews.decideConsent({ token, decision: 'given', version: view.consent.version })
  await step('… has the question shown', async () => {
    const shown = await interviews.showQuestion({ token, questionId })
    assert.equal(shown.prompt, spokenTemplate.questions[0]?.prompt)
    assert.equal(shown.thinkSeconds, 90)
  })
  await step('… and uploads the answer in pieces, over a connection that breaks', async (tell) => {
    const ticket = await interviews.beginTake({ token, questionId, mode: 'video' })
    assert.equal(await uploadWithBreak(url, ticket, film, tell), 1)
  })
  await step('… and submits at once', () => interviews.submitInterview({ token }))

  const review = await step('The recording is transcribed, measured and scored in the background', (tell) =>
    eventually(
      'the analysis of the recording',
      async () => {
        const seen = await recruiter.api.interviews.reviewInterview({ interviewId })
        const { steps = [] } = seen.questions[0]?.answer ?? {}
        const done = steps.filter(({ status }) => status === 'done').length
        tell(done / steps.length, steps[done]?.step ?? '')
        assert(!['analysis-failed', 'human-review'].includes(seen.status), JSON.stringify(seen.questions))
        return seen.status === 'analysed' && seen
      },
      { seconds: 120, every: 250 },
    ),
  )
  await step('… what was said is written down, each quote with its time', async () => checkSpoken(review))
  await step('… as captions too, for a player', async () => {
    const { id: answerId } = answerOf(review)
    const captions = (await recruiter.api.interviews.readCaptions({ interviewId, answerId })) as string
    assert.match(captions, /^WEBVTT\n/)
    const [caption = ''] = /(?<=^\d\d.* --> \d\d.*\n).+/m.exec(captions) ?? []
    assert(answerOf(review).transcript?.text.startsWith(caption), caption)
  })
  await step('… and the video can be played from where a quote begins', async () => {
    const { recording } = answerOf(review)
    const video =
      recording?.urls.find(({ name }) => name.endsWith('.mp4')) ?? assert.fail('there is no video')
    const { pathname } = new URL(video.url)
    const part = await fetch(new URL(pathname, url), { headers: { range: 'bytes=100-199' } })
    assert.equal(part.status, 206)
    assert.equal((await part.arrayBuffer()).byteLength, 100)
  })
  return { recruiter, candidate, review }
}

function checkSpoken(review: InterviewReview): void {
  const { transcript, measures, recording, analysis, steps } = answerOf(review)
  assert(transcript && measures && recording?.seconds, 'the answer was not heard')
  const errors = wordErrorRate(spokenAnswer, transcript.text)
  assert(errors <= mostErrors, `word error rate ${errors.toFixed(2)}: ${transcript.text}`)
  const quotes = analysis.scores.flatMap((score) => score.quotes)
  assert(quotes.length > 0, 'no score is supported by a quote')
  for (const { text, start, end, startSeconds = -1, endSeconds = -1 } of quotes) {
    assert.equal(transcript.text.slice(start, end), text)
    assert(startSeconds >= 0 && startSeconds < endSeconds && endSeconds <= recording.seconds + 0.1, text)
  }
  assert((measures.wordsPerMinute ?? 0) > 60, 'nobody speaks so slowly')
  assert(steps.every(({ status }) => status === 'done'))
}

function answerOf({ questions }: InterviewReview) {
  return questions[0]?.answer ?? assert.fail('there is no answer')
}
