import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { InterviewExport } from '@cenopie/interviews-contract'

/** `.ts` from source, `.js` where it was built. */
const program = new URL(`./pdf-worker${extname(import.meta.filename)}`, import.meta.url)

let before: Promise<unknown> = Promise.resolve()

/**
 * Makes the PDF in a thread of its own, since layout takes half a second of CPU and more, which no other request
 * should wait for. One at a time per process. Rejects with the signal's reason, and ends the thread, when it aborts.
 */
export function makePdf(found: InterviewExport, signal: AbortSignal): Promise<Buffer> {
  const made = before.then(() => inThread(found, signal))
  before = made.catch(() => undefined)
  return made
}

async function inThread(found: InterviewExport, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  const worker = new Worker(program, {
    workerData: found,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  try {
    const [bytes] = (await once(worker, 'message', { signal })) as [Uint8Array]
    return Buffer.from(bytes)
  } finally {
    await worker.terminate()
  }
}
