import assert from 'node:assert/strict'
import { recordedSpeech } from '../client/speech.ts'
import { uploadWithBreak } from '../client/upload.ts'
import type { Invitation } from './crowd.ts'
import { api } from './person.ts'
import type { Stage } from './stage.ts'

/** pocketsphinx is sure of all of these: 0.8 and more. */
const who = ['I', 'We', 'The team', 'My team', 'Our group', 'The two of us']
const did = [
  'listened to both sides',
  'wrote down the problem',
  'compared the two plans',
  'looked at the numbers',
]
const said = who.flatMap((person) =>
  did.map((act) => `${person} ${act} and then we agreed on the simple plan.`),
)

/**
 * Answers an interview of one question aloud, in four seconds, and submits it. Each `number` is another recording, byte
 * for byte, sent from an address of its own where the platform believes what its gateway says. Resolves to the
 * interview's id.
 */
export async function answerAloud(
  { url, observe }: Stage,
  { token }: Invitation,
  number: number,
): Promise<string> {
  const address = { 'X-Forwarded-For': `10.0.${number >> 8}.${number & 255}` }
  // Whoever holds the link needs no session, which would end before the last of a crowd has had its turn.
  const { interviews } = api({ url, observe, deliver: (_call, send) => send(address) })
  const film = await recordedSpeech(said[number % said.length] ?? '', {
    ...{ picture: 'size=64x48:rate=5', silenceMilliseconds: 500 + number },
  })
  const { questions, consent } = await interviews.viewLink({ token })
  const questionId = questions[0]?.id ?? assert.fail('there is no question')
  await interviews.decideConsent({ token, decision: 'given', version: consent.version })
  await interviews.showQuestion({ token, questionId })
  const ticket = await interviews.beginTake({ token, questionId, mode: 'video' })
  await uploadWithBreak(url, ticket, film)
  const { interviewId } = await interviews.submitInterview({ token })
  return interviewId
}
