import type { AnalysisCriterion, CriterionScore } from '../../domain/analyst.ts'
import { coverIndicator, type Coverage } from './coverage.ts'
import type { Measures } from './measures.ts'
import type { Reader, Sentence } from './reading.ts'

/** Fewer words than `below` cannot score above `most`: a list of the right words is no account of anything. */
const lengthBands = [
  { below: 5, most: 0 },
  { below: 15, most: 1 },
  { below: 30, most: 2 },
  { below: 50, most: 3 },
]

/** A quote is evidence, not a copy of the answer. UTF-16 code units. */
const longestQuote = 400

/**
 * Scores one criterion, deterministically:
 *
 *   coverage = min(1, points of its indicators / (0.75 × number of indicators))
 *   quality  = 0.6 × specificity + 0.4 × structure                      (of the whole answer)
 *   score    = round(4 × (0.65 × coverage + 0.35 × quality)), then at most
 *              1 when no indicator was found, and the bound of the answer's length band.
 *
 * Coverage leads, because the rubric is what the company asked for; three quarters of the indicators count as all,
 * because wording differs. Quality keeps a bare list of keywords below an account with figures and deeds. A criterion
 * without indicators is read by its name and description. Anchors: 0 no evidence, 1 weak, 2 partial, 3 solid, 4 strong.
 */
export function scoreCriterion(
  criterion: AnalysisCriterion,
  read: Reader,
  sentences: readonly Sentence[],
  measures: Measures,
): CriterionScore {
  const indicators =
    criterion.indicators.length > 0
      ? criterion.indicators
      : [criterion.name, criterion.description].filter(Boolean)
  const covered = indicators.map((indicator) =>
    coverIndicator(
      indicator,
      read(indicator).flatMap(({ words }) => words),
      sentences,
    ),
  )
  const points = covered.reduce((sum, { points }) => sum + points, 0)
  const coverage = Math.min(1, points / (0.75 * indicators.length))
  const quality = 0.6 * measures.specificity + 0.4 * measures.structure
  const raw = Math.round(4 * (0.65 * coverage + 0.35 * quality))
  const most = lengthBands.find(({ below }) => measures.words < below)?.most ?? 4
  const score = Math.min(raw, most, points === 0 ? 1 : 4)
  return {
    criterionId: criterion.id,
    score,
    rationale: rationale(covered, measures, raw > most ? most : undefined),
    quotes: score === 0 ? [] : quotes(covered),
  }
}

function quotes(covered: readonly Coverage[]): { text: string }[] {
  const sentences = new Set(covered.flatMap(({ sentence }) => (sentence ? [sentence] : [])))
  return [...sentences].sort((a, b) => a.start - b.start).map(({ text }) => ({ text: shorten(text) }))
}

/** Cuts at a word's end: what remains is still a literal slice. */
function shorten(text: string): string {
  if (text.length <= longestQuote) return text
  const cut = text.slice(0, longestQuote)
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), longestQuote / 2)).trimEnd()
}

function rationale(covered: readonly Coverage[], measures: Measures, cap: number | undefined): string {
  const named = (points: number) =>
    covered.filter((one) => one.points === points).map(({ indicator }) => `“${indicator}”`)
  const list = (label: string, names: string[]) => (names.length > 0 ? `${label}: ${names.join(', ')}.` : '')
  return [
    list('Met', named(1)),
    list('Met in part', named(0.5)),
    list('Not found', named(0)),
    `The answer holds ${count(measures.figures, 'figure')} and ${count(measures.actions, 'action')} told in the first person.`,
    cap === undefined ? '' : `With ${count(measures.words, 'word')} it can score at most ${cap}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

export function count(n: number, noun: string): string {
  return `${n === 0 ? 'no' : n} ${noun}${n === 1 ? '' : 's'}`
}
