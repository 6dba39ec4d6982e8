import type { Sharp } from 'sharp'
import type { MakingOptions } from './image.ts'
import { ImageError } from './failure.ts'

/** Time limit and abort signal of the work on one file. */
export interface Clock {
  /**
   * Finishes a pipeline in the time that is left.
   *
   * @throws {ImageError} `timed-out` if that is not enough; the signal's reason if it was aborted before.
   */
  run<T>(pipeline: Sharp, finish: (pipeline: Sharp) => Promise<T>): Promise<T>
}

export function startClock({ signal, seconds = 30 }: MakingOptions): Clock {
  const end = performance.now() + seconds * 1000
  return {
    async run(pipeline, finish) {
      signal?.throwIfAborted()
      // Whole seconds are all that libvips counts.
      const left = Math.ceil((end - performance.now()) / 1000)
      if (left < 1) throw tooSlow()
      try {
        return await finish(pipeline.timeout({ seconds: left }))
      } catch (error) {
        throw error instanceof Error && /^timeout:/.test(error.message) ? tooSlow(error) : error
      }
    },
  }
}

function tooSlow(cause?: Error): ImageError {
  return new ImageError('timed-out', { cause })
}
