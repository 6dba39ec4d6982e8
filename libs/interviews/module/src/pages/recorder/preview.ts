import type { RecordedMode } from '@cenopie/interviews-contract'
import { closeDevices, openDevices } from './devices.ts'
import { element } from './element.ts'
import { soundLevel } from './sound-level.ts'
import type { Stage } from './stage.ts'

/** Camera and microphone while they are open, with what shows that they work. */
export interface Opened {
  stream: MediaStream
  shown: Node[]
  close(): void
}

/** A look at oneself before anything counts. Resolves when recording is to start, or to nothing when it is not. */
export async function preview(stage: Stage, mode: RecordedMode): Promise<Opened | undefined> {
  const devices = mode === 'video' ? 'camera and microphone' : 'microphone'
  stage.say(`Your browser may ask whether this page may use your ${devices}.`)
  const stream = await openDevices(mode)
  const level = soundLevel(stream)
  const shown = [...(mode === 'video' ? [selfView(stream)] : []), level.place]
  const close = () => {
    level.stop()
    closeDevices(stream)
  }
  stage.say('Nothing is recorded yet. Say something: the bar should move.')
  const pressed = await stage.choice({ start: 'Start recording', back: 'Not now' }, ...shown)
  stage.say('')
  if (pressed === 'start') return { stream, shown, close }
  close()
  return undefined
}

function selfView(stream: MediaStream): HTMLVideoElement {
  const view = element('video', { srcObject: stream, muted: true, autoplay: true, className: 'self-view' })
  view.setAttribute('playsinline', '')
  view.setAttribute('aria-label', 'What your camera sees')
  return view
}
