import { unaccented, words } from './words.ts'

/** A document as the index keeps it. */
export interface Indexed {
  /** Lexemes with what they stand for, in PostgreSQL's notation of a tsvector; without positions. */
  keywords: string
  /** The same, and the lexemes of all text with their positions, for phrases. */
  words: string
  /** One line per facet: name, key and value, separated by tabs. */
  facets: string
  /** Words as written, for corrections. */
  vocabulary: { key: string; lexeme: string }[]
}

export interface Fields {
  /** What the document is called: matches here come first. */
  title: string
  /** What tells most about it: matches here come second. */
  keywords: readonly string[]
  location: string
  body: string
  /** `name:value`; counted, and filtered by under the same name. */
  facets: readonly Facet[]
}
export interface Facet {
  name: string
  /** Shown to people. */
  value: string
  /** What is compared. */
  key: string
}

/** Marks of what a lexeme says. Lexemes of text begin with a letter or digit, so these cannot be typed. */
export const marks = { title: '^', keyword: '~', location: '@', facet: '#' } as const

/** Between fields, so that no phrase spans two of them. */
const gap = 10
/** PostgreSQL keeps no positions above this, and no more of one lexeme than that. */
const [lastPosition, maxPositions] = [16_383, 255]

export function indexed({ title, keywords, location, body, facets }: Fields): Indexed {
  const positions = new Map<string, number[]>()
  const marked = new Set<string>()
  const vocabulary = new Map<string, string>()
  let position = 1
  const read = (text: string, fieldMarks: readonly string[]) => {
    for (const { plain, lexemes } of words(text)) {
      for (const lexeme of lexemes) {
        const at = positions.get(lexeme) ?? []
        if (position <= lastPosition && at.length < maxPositions) at.push(position)
        positions.set(lexeme, at)
        for (const mark of fieldMarks) marked.add(mark + lexeme)
      }
      if (/^\p{L}{3,30}$/u.test(plain)) vocabulary.set(plain, lexemes[0] as string)
      position += 1
    }
    position += gap
  }
  read(title, [marks.title, marks.keyword])
  for (const text of keywords) read(text, [marks.keyword])
  read(location, [marks.keyword, marks.location])
  read(body, [])
  for (const { name, key } of facets) marked.add(`${marks.facet}${name}:${key}`)

  const quotedMarks = [...marked].map(quoted).join(' ')
  const plain = [...positions].map(
    ([lexeme, at]) => quoted(lexeme) + (at.length > 0 ? `:${at.join(',')}` : ''),
  )
  return {
    keywords: quotedMarks,
    words: `${plain.join(' ')} ${quotedMarks}`,
    facets: facets.map(({ name, key, value }) => [name, clean(key), clean(value)].join('\t')).join('\n'),
    vocabulary: [...vocabulary].map(([key, lexeme]) => ({ key, lexeme })),
  }
}

/** A lexeme in the notation of tsvector and tsquery. */
export function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** For comparing phrases by their spelling. */
export const spelling = (text: string) => unaccented(clean(text)).trim().replace(/\s+/gu, ' ')

const clean = (text: string) => text.replace(/\p{Cc}+/gu, ' ')
