import { serverNow } from './api.ts'
import { countdown } from './clock.ts'
import type { Recording } from './devices.ts'
import { button, element } from './element.ts'
import type { Opened } from './preview.ts'
import type { Stage } from './stage.ts'

/** Shows a recording until it is stopped, or its time is over. Resolves to all of it. */
export async function untilStopped(
  stage: Stage,
  { shown }: Opened,
  { whole, stop }: Recording,
  maxSeconds: number,
): Promise<Blob> {
  const clock = countdown(serverNow() + maxSeconds * 1000, stop)
  stage.say('Recording. It stops by itself when the time is over.')
  stage.show(
    button('Stop recording', stop),
    element('p', { className: 'recording-now' }, 'Recording, ', clock.place),
    ...shown,
  )
  return whole.finally(clock.stop)
}
