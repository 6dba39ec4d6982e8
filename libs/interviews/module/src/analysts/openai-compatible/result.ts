import {
  AnalysisError,
  type AnalysisCost,
  type AnalysisCriterion,
  type CriterionScore,
} from '../../domain/analyst.ts'
import type { AnalystConfig } from '../config.ts'
import { resultSchema, type Result } from './prompt.ts'

const mostQuotes = 10
/** UTF-16 code units of a rationale or a summary. */
const longestText = 2000

/** Reads the text of a completion. Throws `AnalysisError` when it is not JSON of the agreed shape. */
export function parseResult(content: string): Result {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (cause) {
    throw malformed('The analysis is not JSON.', cause)
  }
  const result = resultSchema.safeParse(value)
  if (!result.success) throw malformed('The analysis lacks required fields.', result.error)
  return result.data
}

/**
 * One score per criterion asked, in the order asked. Scores are rounded and clamped to 0–4, criteria that nobody
 * asked for are dropped, of two for one criterion the first counts. Throws `AnalysisError` when one is missing.
 */
export function settleScores(asked: readonly AnalysisCriterion[], result: Result): CriterionScore[] {
  return asked.map(({ id }) => {
    const given = result.criteria.find(({ criterionId }) => criterionId === id)
    if (!given) throw malformed(`The analysis holds no score for criterion ${id}.`)
    return {
      criterionId: id,
      score: Math.min(4, Math.max(0, Math.round(given.score))),
      rationale: shorten(given.rationale),
      quotes: given.quotes.slice(0, mostQuotes).map((text) => ({ text })),
    }
  })
}

export function shorten(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1).toWellFormed()}…`
}

/** Tokens as the provider counted them; US dollars to a millionth when both prices are configured. */
export function costOf(
  usage: { prompt_tokens: number; completion_tokens: number },
  prices: Pick<AnalystConfig, 'analystInputUsdPerMillion' | 'analystOutputUsdPerMillion'>,
): AnalysisCost {
  const tokens = { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }
  const { analystInputUsdPerMillion: input, analystOutputUsdPerMillion: output } = prices
  if (input === undefined || output === undefined) return tokens
  const microdollars = Math.round(tokens.inputTokens * input + tokens.outputTokens * output)
  return { ...tokens, amountUsd: microdollars / 1e6 }
}

export function malformed(message: string, cause?: unknown): AnalysisError {
  return new AnalysisError('malformed-result', message, cause === undefined ? {} : { cause })
}
