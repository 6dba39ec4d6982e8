import type { UserActor } from '@cenopie/platform-contract'
import { userActor } from '@cenopie/platform-testing'
import { pdfPages } from '@cenopie/platform-testing/pdf-text'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { interviewPdf } from '../documents/interview-pdf.ts'
import { makePdf } from '../documents/make-pdf.ts'
import { content } from '../testing/content.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
let invitation: Invitation
beforeAll(async () => {
  scene = await startScene()
  invitation = await scene.invite()
  const asked = { kind: 'more-time', timeFactor: 1.5, note: 'I stammer.' } as const
  await scene.client.requestAlternative({ token: invitation.token, ...asked }, anyone())
  await scene.complete(invitation, {
    texts: [`Łukasz, Ωmega и Ёлка. ${'A long story. '.repeat(140)}`, 'I like it.'],
  })
  await scene.app.idle()
})
afterAll(() => scene.app.close())

const get = (actor: UserActor) =>
  scene.app.http({ method: 'GET', url: `/api/v1/interviews/${invitation.interviewId}/export.pdf`, actor })

test('an interview is a PDF to be saved, and leaves an entry', async () => {
  const {
    interviewId,
    company: { recruiter },
  } = invitation
  const answer = await get(recruiter.actor)
  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'private, no-store',
    'content-disposition': `attachment; filename=interview-${interviewId}.pdf`,
  })
  expect(String(answer.body).slice(0, 5)).toBe('%PDF-')
  const { items } = await scene.client.listAuditTrail({ interviewId, limit: 100 }, recruiter)
  expect(items.at(-1)).toMatchObject({ action: 'interview.exported', after: { format: 'pdf' } })
})

test('its pages are numbered, and their text can be selected, in any of the font’s scripts', async () => {
  const { company, interviewId } = invitation
  const pages = await pdfPages(
    await interviewPdf(await scene.client.exportInterview({ interviewId }, company.recruiter)),
  )
  expect(pages.length).toBeGreaterThan(1)
  pages.forEach((text, at) => expect(text).toContain(`Page ${at + 1} of ${pages.length}`))
  const text = pages.join('\n').replaceAll('\n', ' ')
  for (const part of [
    ...['Ada Lovelace', 'Łukasz, Ωmega и Ёлка.', 'Tell us about an outage.', 'Ownership (weight 3): 3 of 4'],
    ...['Time: 1.5 times that of others', 'Every answer in writing: no', 'Note: I stammer.'],
    ...['script-1', 'Audit trail', 'interview.submitted', 'Consent to evaluation'],
  ]) {
    expect(text).toContain(part)
  }
})

test('what has no words says why', async () => {
  const [first] = content.questions
  if (!first) throw new Error('the content has a question')
  const recorded = { ...first, modes: ['audio' as const], retakes: 0 }
  const { token, questions, interviewId, company } = await scene.invite(undefined, {
    questions: [first, recorded, recorded].map((question) => ({ ...question, required: false })),
  })
  const [, lost = '', heard = ''] = questions
  for (const questionId of [lost, heard]) {
    const { fileId } = await scene.client.beginTake({ token, questionId, mode: 'audio' }, anyone())
    if (questionId === heard) await scene.media.record(scene.app, fileId)
  }
  await scene.client.submitInterview({ token }, anyone())
  const found = await scene.client.exportInterview({ interviewId }, company.recruiter)
  const text = (await pdfPages(await interviewPdf(found))).join('\n').replaceAll('\n', ' ')
  const [, ...said] = text.split(first.prompt)
  expect(said).toMatchObject([
    expect.stringContaining('No answer.'),
    expect.stringContaining('No answer. It had not been uploaded when the interview was submitted.'),
    expect.stringContaining('Answered in a recording, without a transcript.'),
  ])
})

test('nobody but who manages the interview gets it', async () => {
  const { interviewer } = invitation.company
  expect((await get(interviewer.actor)).status).toBe(403)
  expect((await get(userActor())).status).toBe(404)
  expect((await get(invitation.candidate.actor)).status).toBe(404)
})

test('an answer that nobody waits for any more is not made, and the next one is', async () => {
  const { company, interviewId } = invitation
  const found = await scene.client.exportInterview({ interviewId }, company.recruiter)
  const leaving = new AbortController()
  const left = makePdf(found, leaving.signal)
  const next = makePdf(found, new AbortController().signal)
  leaving.abort()
  await expect(left).rejects.toThrow('aborted')
  expect((await next).subarray(0, 5).toString()).toBe('%PDF-')
})
