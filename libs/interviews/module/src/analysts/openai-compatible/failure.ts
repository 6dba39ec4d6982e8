import { AnalysisError } from '../../domain/analyst.ts'
import { providerFailure } from '../../providers/openai-failure.ts'

/** What an error of the SDK means for the analysis. */
export function failureOf(error: unknown): AnalysisError {
  const { reason, message, cause } = providerFailure(error)
  return new AnalysisError(reason, message, { cause })
}

export function refused(message: string): AnalysisError {
  return new AnalysisError('provider-refused', message)
}
