import type { DeviceCheck, RecordedMode } from '@cenopie/interviews-contract'
import { beginDeviceCheck, viewDeviceCheck } from './api.ts'
import { record } from './devices.ts'
import { preview } from './preview.ts'
import { untilStopped } from './recording.ts'
import { send } from './sending.ts'
import { stageIn, wordsOf, type Stage } from './stage.ts'

/** Milliseconds between two looks at what was found. */
const lookEvery = 1000

/** Lets a person try out camera and microphone as often as they like, and says what arrived of it. */
export async function checkDevices(place: HTMLElement, modes: readonly RecordedMode[]): Promise<never> {
  place.querySelector('[data-without-program]')?.remove()
  const stage = stageIn(place)
  const names = { video: 'Check camera and microphone', audio: 'Check the microphone' }
  const buttons = Object.fromEntries(modes.map((mode) => [mode, names[mode]]))
  for (;;) {
    const mode = await stage.choice<RecordedMode>(buttons)
    stage.warn('')
    await check(stage, mode).catch((error: unknown) => {
      stage.say('')
      stage.warn(wordsOf(error))
    })
  }
}

async function check(stage: Stage, mode: RecordedMode): Promise<void> {
  const made = await speak(stage, mode)
  if (!made) return
  const { ticket } = made
  await send(stage, made)
  stage.say('Looking at what has arrived …')
  stage.show()
  const { findings, reason = '' } = await found(ticket.checkId)
  if (!findings) throw new Error(`It could not be read. ${reason}`)
  const well = `All is well: you can be heard${mode === 'video' ? ' and seen' : ''}.`
  stage.say(findings.verdict === 'good' ? well : '')
  stage.warn(findings.advice.join(' '))
}

async function speak(stage: Stage, mode: RecordedMode) {
  const opened = await preview(stage, mode)
  if (!opened) return undefined
  try {
    const ticket = await beginDeviceCheck(mode)
    const recording = record(opened.stream, mode)
    return { ticket, whole: await untilStopped(stage, opened, recording, ticket.maxSeconds) }
  } finally {
    opened.close()
  }
}

async function found(checkId: string): Promise<DeviceCheck> {
  for (;;) {
    const check = await viewDeviceCheck(checkId)
    if (check.status === 'checked' || check.status === 'failed') return check
    await new Promise((resolve) => setTimeout(resolve, lookEvery))
  }
}
