/** Makes variants of one untrusted picture at a time for the process that started it. */
import { writeFile } from 'node:fs/promises'
import { ImageError } from '../failure.ts'
import { renderImages } from '../render-images.ts'
import type { FromProcess, ToProcess } from './protocol.ts'

// Where the machine runs out of memory, Linux ends this process rather than the one that answers requests.
await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined)

/** Variants on their way. */
const sent = new Map<string, () => void>()

process.on('message', (message: ToProcess) => {
  if (message.kind === 'make') void make(message)
  else sent.get(message.name)?.()
})
// An exit would wait for the decoder.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// A terminal's Ctrl-C reaches every process: whoever started this one says when the work is over.
process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined)

async function make({ path, plan }: Extract<ToProcess, { kind: 'make' }>): Promise<void> {
  try {
    const made = await renderImages(path, plan, async (name, bytes, variant) => {
      const { promise: taken, resolve } = Promise.withResolvers<void>()
      sent.set(name, resolve)
      say({ kind: 'variant', variant, bytes })
      await taken
      sent.delete(name)
    })
    say({ kind: 'made', made })
  } catch (error) {
    if (error instanceof ImageError) say({ kind: 'refused', code: error.code, message: error.message })
    else
      say({
        kind: 'broken',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
  }
}

function say(message: FromProcess): void {
  process.send?.(message)
}
