import type { CandidateQuestion, RecordedMode } from '@cenopie/interviews-contract'
import { beginTake } from './api.ts'
import { canRecord, record, recordedModes } from './devices.ts'
import { element } from './element.ts'
import { pickFile } from './file-picker.ts'
import { forget, keep, keepPiece, type KeptTake, type Ticket, type WholeTake } from './kept-takes.ts'
import { preview } from './preview.ts'
import { untilStopped } from './recording.ts'
import { send } from './sending.ts'
import { stageIn, wordsOf } from './stage.ts'
import { showTakes } from './takes-list.ts'

export interface QuestionRecorder {
  readonly questionId: string
  /** What would be lost or stay behind: nothing, a recording that was not sent, or one that is being made. */
  readonly pending: 'nothing' | 'unsent' | 'recording'
  /** Whether something was sent of which the server has not told what becomes of it. */
  readonly unsettled: boolean
  /** Shows what the server knows by now. */
  update(question: CandidateQuestion): void
}

interface Options {
  /** Where the page says how often and how long one may record. */
  place: HTMLElement
  question: CandidateQuestion
  interviewId: string
  kept: WholeTake | undefined
  /** Something has arrived, and the server has more to say of it soon. */
  arrived: () => void
}

type Means = `${'record' | 'file'}-${RecordedMode}`

/** Records the answer to one question: choose, look, record, watch, send; from the beginning for each take. */
export function questionRecorder({ place, interviewId, arrived, kept, ...given }: Options): QuestionRecorder {
  let { question } = given
  let pending: QuestionRecorder['pending'] = 'nothing'
  let sent: number | undefined
  /** Shows the means again, while nothing is chosen. */
  let offer: (() => void) | undefined
  place.querySelector('[data-without-program]')?.remove()
  const stage = stageIn(place)

  async function takeAfterTake(take: WholeTake | undefined): Promise<never> {
    for (;;) {
      try {
        take ??= await make(await choose())
        if (take) take = await finish(take)
      } catch (error) {
        stage.say('')
        stage.warn(wordsOf(error))
      }
    }
  }

  async function choose(): Promise<Means> {
    pending = 'nothing'
    const means = await new Promise<Means>((resolve) => {
      offer = () => void stage.choice(meansFor(question)).then(resolve)
      offer()
    })
    offer = undefined
    stage.warn('')
    return means
  }

  async function make(means: Means): Promise<WholeTake | undefined> {
    const [way, mode] = means.split('-') as ['record' | 'file', RecordedMode]
    if (way === 'record') return speak(mode)
    const ticket = await begin(mode)
    pending = 'unsent'
    const whole = await pickFile(stage, mode, ticket)
    return { ...takeOf(mode, ticket, whole.type), whole }
  }

  async function speak(mode: RecordedMode): Promise<WholeTake | undefined> {
    const opened = await preview(stage, mode)
    if (!opened) return undefined
    try {
      const ticket = await begin(mode)
      pending = 'recording'
      let pieces = 0
      const recording = record(opened.stream, mode, (piece) => void keepPiece(take, pieces++, piece))
      const take = takeOf(mode, ticket, recording.type)
      void keep(take)
      return { ...take, whole: await untilStopped(stage, opened, recording, ticket.maxSeconds) }
    } finally {
      opened.close()
    }
  }

  async function begin(mode: RecordedMode): Promise<Ticket> {
    const ticket = await beginTake(question.id, mode)
    place.querySelector('[data-until]')?.remove()
    return ticket
  }

  function takeOf(mode: RecordedMode, ticket: Ticket, type: string): KeptTake {
    return { interviewId, questionId: question.id, mode, ticket, type, sending: false }
  }

  /** Answers with the take where it is still to be finished. */
  async function finish(take: WholeTake): Promise<WholeTake | undefined> {
    pending = 'unsent'
    await keep(take)
    if (!take.sending) {
      const pressed = await review(take)
      stage.warn('')
      if (pressed === 'send') return { ...take, sending: true }
      await forget(take)
      return speak(take.mode)
    }
    try {
      await send(stage, take, (uploadUrl) => void keep(Object.assign(take, { uploadUrl })))
    } catch (error) {
      stage.warn(`Your recording could not be sent. ${wordsOf(error)}`)
      return { ...take, sending: false }
    }
    await forget(take)
    sent = take.ticket.takeNumber
    stage.say('Your recording has arrived.')
    arrived()
    return undefined
  }

  async function review({ mode, whole, ticket: { takesLeft } }: WholeTake) {
    const src = URL.createObjectURL(whole)
    const player = element(mode, { controls: true, src })
    player.setAttribute('playsinline', '')
    player.setAttribute('aria-label', 'Your recording')
    stage.say(`Recorded, and not sent yet. ${mode === 'video' ? 'Watch' : 'Listen to'} it, then send it.`)
    const again = takesLeft > 0 ? { again: `Discard it and record again (${takesLeft} left)` } : {}
    const pressed = await stage.choice({ send: 'Send this recording', ...again }, player)
    URL.revokeObjectURL(src)
    return pressed
  }

  void takeAfterTake(kept)
  return {
    questionId: question.id,
    get pending() {
      return pending
    },
    get unsettled() {
      return question.takes.some(
        ({ number, status }) => status === 'uploaded' || (status === 'begun' && number === sent),
      )
    },
    update(now) {
      const changed = now.takesLeft !== question.takesLeft
      question = now
      showTakes(place, now)
      if (changed) offer?.()
    },
  }
}

function meansFor({ modes, takes, takesLeft }: CandidateQuestion): Partial<Record<Means, string>> {
  if (takesLeft === 0) return {}
  const names = { video: 'video', audio: 'sound only' }
  const again = takes.length > 0 ? ' again' : ''
  const recorded = recordedModes([{ modes }])
  const live = canRecord() ? recorded.map((mode) => [`record-${mode}`, `Record ${names[mode]}${again}`]) : []
  const files = recorded.map((mode) => [`file-${mode}`, `Use a file (${names[mode]})`])
  return Object.fromEntries([...live, ...files])
}
