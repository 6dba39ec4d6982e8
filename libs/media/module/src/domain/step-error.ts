import type { Failure } from '@cenopie/media-contract'
import { ImageError } from '../images/index.ts'
import { VideoError } from '../video/index.ts'

/** Why a step failed, in words for the person whose file it is. */
export class StepError extends Error {
  override name = 'StepError'
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, reason: string, { retryable = false } = {}) {
    super(reason)
    this.code = code
    this.retryable = retryable
  }
}

/** What is told of an error. Only errors that were made for people are quoted. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StepError || error instanceof VideoError || error instanceof ImageError)
    return { code: error.code, reason: error.message, retryable: error.retryable }
  return { code: 'processing-failed', reason: 'The file could not be processed just now.', retryable: true }
}
