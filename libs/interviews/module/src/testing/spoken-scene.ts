import { content } from './content.ts'
import { anyone, giveConsent, startScene, type Invitation } from './scene.ts'
import { speechFolder } from './speech.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const [first, ...others] = content.questions

/** The first question may be answered aloud. */
export const spoken = { questions: [{ ...first!, modes: ['video' as const, 'text' as const] }, ...others] }

/** The scene with candidates who answer aloud. */
export async function startSpokenScene(config: Record<string, number | string> = {}) {
  const speech = await speechFolder()
  const sound = await speech.say('I took responsibility for it and then we fixed it together.')
  const scene = await startScene(config)
  const { app, client, media, review } = scene

  const beginTake = ({ token, questions }: Invitation) =>
    client.beginTake({ token, questionId: questions[0] ?? '', mode: 'video' }, anyone())

  const answerOf = async (invitation: Invitation, at = 0) => {
    const answer = (await review(invitation)).questions[at]?.answer
    if (!answer) throw new Error('there is no answer')
    return answer
  }

  return {
    ...scene,
    sound,
    beginTake,
    answerOf,
    record: (fileId: string) => media.record(app, fileId, sound),

    /** Consents, begins a take of the first question, and submits when its recording is what `recorded` makes it. */
    async answerAloud(recorded: (fileId: string) => Promise<unknown>, invitation?: Invitation) {
      const invited = invitation ?? (await scene.invite(undefined, spoken))
      const { token, questions } = invited
      await client.decideConsent({ token, ...giveConsent }, anyone())
      const { fileId } = await beginTake(invited)
      await recorded(fileId)
      await client.submitInterview({ token }, anyone())
      return { ...invited, fileId, questionId: questions[0] ?? '' }
    },

    steps: async (invitation: Invitation) =>
      Object.fromEntries((await answerOf(invitation)).steps.map(({ step, status }) => [step, status])),

    /** The task once more, as if its first run had not been heard of. */
    async runAgain(name: string, answerId: string) {
      const meta = { actor: { kind: 'service', name: 'interviews' }, requestId: 'again', traceparent }
      await app.sql(
        `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, fair_key, pending)
         VALUES (gen_random_uuid(), 'task', $1, 1, $2, $3, 'again', '{task}')`,
        [name, { answerId }, meta],
      )
    },

    async close() {
      await app.close()
      await speech.remove()
    },
  }
}

export type SpokenScene = Awaited<ReturnType<typeof startSpokenScene>>
export const allDone = {
  recording: 'done',
  transcript: 'done',
  measures: 'done',
  scoring: 'done',
  report: 'done',
}
