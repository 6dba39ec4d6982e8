import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'

export interface ProviderFailure {
  readonly reason: 'provider-unavailable' | 'provider-refused' | 'malformed-result'
  /** Fit for an operator. The provider's own words may echo the answer, so they stay out. */
  readonly message: string
  readonly cause?: unknown
}

/** Statuses that a later try may not see again. */
const passing = new Set([408, 409, 425, 429])

/** What an error of the SDK means for the task that asked. */
export function providerFailure(error: unknown): ProviderFailure {
  if (error instanceof APIConnectionTimeoutError) return unavailable('The provider took longer than allowed.')
  if (error instanceof APIConnectionError) return unavailable('The provider cannot be reached.')
  if (error instanceof SyntaxError)
    return { reason: 'malformed-result', message: 'The response is not JSON.' }
  if (!(error instanceof APIError) || typeof error.status !== 'number') {
    return { ...unavailable('The response broke off.'), cause: error }
  }
  const { status } = error
  if (status >= 500 || passing.has(status)) return unavailable(`The provider answered ${status}.`)
  if (status >= 300 && status < 400) {
    return refused(`The provider redirects (${status}), which is not followed.`)
  }
  return refused(`The provider refused the request with ${status}.`)
}

function unavailable(message: string): ProviderFailure {
  return { reason: 'provider-unavailable', message }
}

function refused(message: string): ProviderFailure {
  return { reason: 'provider-refused', message }
}
