import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { AnalysisError } from '../../domain/analyst.ts'

/** Statuses that a later try may not see again. */
const passing = new Set([408, 409, 425, 429])

/** What an error of the SDK means for the task. The provider's own words may echo the answer, so they stay out. */
export function failureOf(error: unknown): AnalysisError {
  if (error instanceof APIConnectionTimeoutError) return unavailable('The provider took longer than allowed.')
  if (error instanceof APIConnectionError) return unavailable('The provider cannot be reached.')
  if (error instanceof SyntaxError) return new AnalysisError('malformed-result', 'The response is not JSON.')
  if (!(error instanceof APIError) || typeof error.status !== 'number')
    return unavailable('The response broke off.', error)
  const { status } = error
  if (status >= 500 || passing.has(status)) return unavailable(`The provider answered ${status}.`)
  if (status >= 300 && status < 400)
    return refused(`The provider redirects (${status}), which is not followed.`)
  return refused(`The provider refused the request with ${status}.`)
}

function unavailable(message: string, cause?: unknown): AnalysisError {
  return new AnalysisError('provider-unavailable', message, { cause })
}

export function refused(message: string): AnalysisError {
  return new AnalysisError('provider-refused', message)
}
