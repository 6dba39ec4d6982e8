import type { RubricCriterion } from '@cenopie/interviews-contract'
import { AnalysisError, type Analysis } from './analyst.ts'
import { verifyQuotes, type Quote } from './quotes.ts'

const longestRationale = 4000
const longestSummary = 4000
const mostQuotes = 50

export interface VerifiedScore {
  criterionId: string
  weight: number
  score: number
  rationale: string
  quotes: Quote[]
  /** Quotes the analyst gave that are not in the answer. */
  droppedQuotes: number
}

export interface VerifiedAnalysis {
  summary: string
  scores: VerifiedScore[]
}

/**
 * What of an analyst's result is kept: one whole anchor 0–4 per criterion of the rubric, and only quotes that the
 * answer literally holds, as `verify` finds them. An analyst is never trusted with either.
 *
 * @throws AnalysisError `malformed-result` when a criterion is missing, unknown, repeated or off the scale
 */
export function verifyAnalysis(
  answer: string,
  criteria: readonly RubricCriterion[],
  analysis: Analysis,
  verify: (quotes: readonly { text: string }[]) => Quote[] = (quotes) => verifyQuotes(answer, quotes),
): VerifiedAnalysis {
  if (analysis.criteria.length !== criteria.length) throw malformed('does not score each criterion once')
  const scores = criteria.map((criterion) => {
    const given = analysis.criteria.find(({ criterionId }) => criterionId === criterion.id)
    if (!given) throw malformed(`does not score “${criterion.name}”`)
    if (!Number.isInteger(given.score) || given.score < 0 || given.score > 4) {
      throw malformed(`scores “${criterion.name}” off the scale`)
    }
    const quotes = verify(given.quotes)
    return {
      criterionId: criterion.id,
      weight: criterion.weight,
      score: given.score,
      rationale: storable(given.rationale, longestRationale),
      quotes: quotes.slice(0, mostQuotes),
      droppedQuotes: Math.max(0, distinct(given.quotes) - quotes.length),
    }
  })
  return { summary: storable(analysis.summary, longestSummary), scores }
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair; models produce both at times. */
export function storable(text: string, length: number): string {
  return text.replaceAll('\0', '').slice(0, length).toWellFormed()
}

function distinct(quotes: readonly { text: string }[]): number {
  return new Set(quotes.map(({ text }) => text.trim())).size
}

function malformed(what: string): AnalysisError {
  return new AnalysisError('malformed-result', `The analyst’s result ${what}.`)
}
