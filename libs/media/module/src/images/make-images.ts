import { ImageError } from './failure.ts'
import type { ImageSink, MadeImages, MakingOptions } from './image.ts'
import type { ImagePlan } from './plan.ts'
import { keepProcess, takeProcess } from './process/idle.ts'

/**
 * Makes all variants that the plan wants of the picture at `path` and hands each to `sink`. The file is decoded once
 * (an animation a second time, for its frames). What the sink gets is encoded anew from pixels: nothing else of the
 * file comes through.
 *
 * The work is done in a process of its own, one for each call that is under way, since a file can keep a decoder busy
 * for minutes or crash it: when the time is up or the signal aborts, the process is killed. Within the limits of
 * {@link imagePlans} it takes up to 600 MB (a PNG or AVIF at the limit), and it ends after half a minute without work.
 *
 * Rejects with the signal's reason, and with what the sink rejects with; other calls of the sink may be under way then.
 * The sink may have had some variants by then: they have the same names the next time.
 *
 * @throws {ImageError} if the file is refused by {@link inspectImage}, is damaged, or takes too long.
 */
export async function makeImages(
  path: string,
  plan: ImagePlan,
  sink: ImageSink,
  { signal, seconds = 120 }: MakingOptions = {},
): Promise<MadeImages> {
  signal?.throwIfAborted()
  const process = takeProcess()
  const abort = () => process.kill(signal?.reason)
  signal?.addEventListener('abort', abort)
  const timer = setTimeout(() => process.kill(new ImageError('timed-out')), seconds * 1000)
  try {
    const made = await process.make(path, plan, sink)
    keepProcess(process)
    return made
  } catch (error) {
    // A refusal leaves nothing behind; after anything else the process may still be at work.
    if (error instanceof ImageError && !error.retryable) keepProcess(process)
    else process.kill()
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
