import { AnalysisError } from './analyst.ts'
import { TranscriptionError } from './transcriber.ts'
import { storable } from './analysis-result.ts'

const longest = 500

/** Why an analysis failed, fit for the recruiter: nothing of the inside, nothing of the answer. */
export function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'The analysis was interrupted before it ended.'
  if (isTold(error)) return storable(error.message, longest)
  return 'The analysis failed for a reason of our own.'
}

/** Whether another try is worth its cost. */
export function isFinal(error: unknown): boolean {
  return isTold(error) && !error.retryable
}

/** Errors whose message is meant to be read. */
function isTold(error: unknown): error is AnalysisError | TranscriptionError {
  return error instanceof AnalysisError || error instanceof TranscriptionError
}
