/** One rubric criterion as a published template froze it. */
export interface AnalysisCriterion {
  readonly id: string
  readonly name: string
  readonly description: string
  /** What a strong answer shows, in a few words each: "names the trade-off", "measured result". */
  readonly indicators: readonly string[]
  /** Relative weight among the criteria of the template, 0 < weight. */
  readonly weight: number
}

export interface AnalysisInput {
  readonly question: string
  /** The text or transcript exactly as stored; quotes are slices of it. */
  readonly answer: string
  /** BCP 47 tag of the answer: `en`, `en-GB`, `de`. */
  readonly language: string
  readonly criteria: readonly AnalysisCriterion[]
}

export interface AnalysisOptions {
  readonly signal: AbortSignal
  /** The same on every try of one analysis, so that a provider may answer a repeat without new cost. */
  readonly idempotencyKey: string
}

export interface CriterionScore {
  readonly criterionId: string
  /** 0–4: no evidence, weak, partial, solid, strong. */
  readonly score: number
  readonly rationale: string
  /** Unverified: `verifyQuotes` decides which of them the answer really holds. */
  readonly quotes: readonly { readonly text: string }[]
}

export interface AnalysisCost {
  readonly inputTokens: number
  readonly outputTokens: number
  /** Absent when no price is configured for the model. */
  readonly amountUsd?: number
}

export interface Analysis {
  /** Exactly one per criterion asked, in the order asked. */
  readonly criteria: readonly CriterionScore[]
  readonly summary: string
  readonly cost?: AnalysisCost
}

/**
 * Reads one answer against a rubric. It judges what is said, never who says it: no inference of emotion, age,
 * gender or origin. `name`, `model` and `promptVersion` are kept with every score.
 * Rejects with `AnalysisError`.
 */
export interface Analyst {
  readonly name: string
  readonly model: string
  readonly promptVersion: string
  analyse(input: AnalysisInput, options: AnalysisOptions): Promise<Analysis>
}

export type AnalysisErrorReason =
  /** This analyst does not read the language of the answer. */
  | 'language-unsupported'
  /** The provider does not answer, answers 5xx or 429, or ran out of time. */
  | 'provider-unavailable'
  /** The provider refuses this request for good: credentials, model or policy. */
  | 'provider-refused'
  /** The provider's answer does not have the agreed form. */
  | 'malformed-result'

/** Why an analysis did not happen. The message is fit for an operator and holds nothing of the answer. */
export class AnalysisError extends Error {
  readonly reason: AnalysisErrorReason
  /** Whether another try can end differently; if not, the task need not spend its attempts. */
  readonly retryable: boolean

  constructor(reason: AnalysisErrorReason, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'AnalysisError'
    this.reason = reason
    this.retryable = reason === 'provider-unavailable' || reason === 'malformed-result'
  }
}
