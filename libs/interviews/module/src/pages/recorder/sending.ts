import { element } from './element.ts'
import type { Stage } from './stage.ts'
import { upload, type Sendable } from './upload.ts'

/** Sends a recording and shows how far it is. Rejects when the server refuses it. */
export async function send(
  stage: Stage,
  sendable: Sendable,
  at?: (uploadUrl: string) => void,
): Promise<void> {
  const bar = element('progress', { max: 1, value: 0 })
  let up = true
  stage.say('Sending your recording.')
  stage.show(element('label', {}, 'Sent so far ', bar))
  await upload(sendable, {
    progress: (share) => (bar.value = share),
    at: at ?? (() => {}),
    line(isUp) {
      if (up === isUp) return
      up = isUp
      stage.say(
        isUp
          ? 'The connection is back. Sending goes on.'
          : 'The connection is lost. Your recording is kept, and sending goes on when it is back.',
      )
    },
  })
}
