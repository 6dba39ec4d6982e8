import type { Highlight } from '@cenopie/search-contract'
import type { Query } from './query.ts'
import { words } from './words.ts'

/** Long text is shown as one piece of this length around its first match. */
const pieceLength = 240
const lead = 60
/** Of a description, as far as this is read. */
const readable = 8_000

/** The lexemes that a query looks for. */
export function soughtLexemes(query: Query): Set<string> {
  return new Set(
    query.all.flatMap((clause) => clause.flatMap(({ words }) => words.flatMap((word) => word.lexemes))),
  )
}

/** What of the fields matches, as ranges of plain text; fields without a match are left out. */
export function highlight(
  sought: ReadonlySet<string>,
  fields: Partial<Record<Highlight['field'], string | undefined>>,
): Highlight[] {
  if (sought.size === 0) return []
  return Object.entries(fields).flatMap(([field, text]) => {
    if (!text) return []
    const matches = words(text.slice(0, readable)).filter(({ lexemes }) =>
      lexemes.some((lexeme) => sought.has(lexeme)),
    )
    const [first] = matches
    if (!first) return []
    const from = text.length <= pieceLength ? 0 : wordStart(text, first.start - lead)
    const piece = text.slice(from, from + pieceLength).replace(/\p{Cs}$/u, '')
    const ranges = matches
      .filter(({ end }) => end <= from + piece.length)
      .map(({ start, end }) => ({ start: start - from, end: end - from }))
    return [{ field: field as Highlight['field'], text: piece, matches: ranges.slice(0, 100) }]
  })
}

/** The first beginning of a word at or behind `at`. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0
  const space = text.slice(at, at + lead).search(/\s/u)
  return space < 0 ? at : at + space + 1
}
