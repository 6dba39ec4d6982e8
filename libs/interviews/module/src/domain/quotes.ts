/** A slice of an answer: `answer.slice(start, end) === text`, in UTF-16 code units. */
export interface Quote {
  text: string
  start: number
  end: number
}

/**
 * Keeps the quotes that the answer really holds, with where they stand; all others are dropped, as are repeats.
 * First the literal text is looked for, then the same text with typographic quotes, dashes and runs of white space
 * made plain on both sides (models "correct" them). What is returned is always the literal slice of the answer.
 */
export function verifyQuotes(answer: string, quotes: readonly { readonly text: string }[]): Quote[] {
  const plainAnswer = plain(answer)
  const found = new Map<string, Quote>()
  for (const quote of quotes) {
    const text = quote.text.trim()
    if (text === '') continue
    const range = findLiteral(answer, text) ?? findPlain(plainAnswer, plain(text).text.trim())
    if (!range) continue
    found.set(`${range.start}:${range.end}`, { text: answer.slice(range.start, range.end), ...range })
  }
  return [...found.values()]
}

interface Range {
  start: number
  end: number
}

interface Plain {
  text: string
  /** For each code unit of `text` the code units of the original that it stands for. */
  ranges: Range[]
}

function findLiteral(answer: string, text: string): Range | undefined {
  const start = answer.indexOf(text)
  return start < 0 ? undefined : { start, end: start + text.length }
}

function findPlain(answer: Plain, text: string): Range | undefined {
  const at = text === '' ? -1 : answer.text.indexOf(text)
  const first = answer.ranges[at]
  const last = answer.ranges[at + text.length - 1]
  return first && last && { start: first.start, end: last.end }
}

const plainForms: readonly (readonly [RegExp, string])[] = [
  [/^\s+$/, ' '],
  [/[\u2018-\u201B\u2032\u02BC]/, "'"],
  [/[\u201C-\u201F\u2033\u00AB\u00BB]/, '"'],
  [/[\u2010-\u2015\u2212]/, '-'],
  [/\u2026/, '...'],
  // Zero-width characters and the soft hyphen.
  [/[\u200B-\u200D\u2060\u00AD]/, ''],
]

/** Plain quotes and dashes, one space for each run of white space, no zero-width characters. */
function plain(text: string): Plain {
  const ranges: Range[] = []
  let out = ''
  for (const { 0: unit, index } of text.matchAll(/\s+|[^]/g)) {
    const replaced = plainForms.find(([pattern]) => pattern.test(unit))?.[1] ?? unit
    for (let i = 0; i < replaced.length; i++) ranges.push({ start: index, end: index + unit.length })
    out += replaced
  }
  return { text: out, ranges }
}
