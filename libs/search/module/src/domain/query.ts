import { queryWords, type Word } from './words.ts'

/** What somebody searches for: each clause has to be met by one of its phrases, and nothing of `none` may occur. */
export interface Query {
  all: Clause[]
  none: Phrase[]
}
export type Clause = Phrase[]
export interface Phrase {
  /** As typed. */
  text: string
  words: QueryWord[]
}
export interface QueryWord {
  plain: string
  /** Any of these. */
  lexemes: string[]
}

/** More than anybody types; each costs a look into the index. */
const maxWords = 16
const units = /(-?)"([^"]*)(?:"|$)|(\S+)/gu
/** Nobody looks for these, and nearly everything has them; kept when there is nothing else. */
const idle = new Set(['a', 'an', 'and', 'at', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with'])

/**
 * Reads the syntax people know: words, `"a phrase"`, `-without`, `this OR that`. There is no wrong query: quotes that
 * stay open end at the end, and operators without anything to work on are ignored.
 */
export function parseQuery(text: string): Query {
  const query: Query = { all: [], none: [] }
  let joining = false
  let left = maxWords
  const take = (phraseText: string) => {
    const taken = queryWords(phraseText).slice(0, left)
    left -= taken.length
    return taken
  }
  const add = (phrase: Phrase) => {
    const last = query.all.at(-1)
    if (joining && last) last.push(phrase)
    else query.all.push([phrase])
    joining = false
  }
  for (const unit of merged(text)) {
    if (unit.or) {
      joining = query.all.length > 0
      continue
    }
    const taken = take(unit.text)
    if (taken.length === 0) continue
    if (unit.not) query.none.push(phraseOf(unit.text, taken))
    else if (unit.quoted) add(phraseOf(unit.text, taken))
    else for (const word of taken) add(phraseOf(word.plain, [word]))
  }
  const telling = query.all.filter(
    (clause) => !clause.every(({ words }) => words.every(({ plain }) => idle.has(plain))),
  )
  return { ...query, all: telling.length > 0 ? telling : query.all }
}

interface Unit {
  text: string
  quoted: boolean
  not: boolean
  or: boolean
}

/** Bare words that stand side by side are read together, so that synonyms of several words are seen. */
function merged(text: string): Unit[] {
  const result: Unit[] = []
  for (const [, minus = '', quoted, bare = ''] of text.matchAll(units)) {
    const isQuoted = quoted !== undefined
    const not = isQuoted ? minus === '-' : /^-+[^-]/u.test(bare)
    const or = !isQuoted && (bare === 'OR' || bare === '|')
    const last = result.at(-1)
    const plain = !isQuoted && !not && !or
    if (plain && last && !last.quoted && !last.not && !last.or) last.text += ` ${bare}`
    else
      result.push({
        text: isQuoted ? quoted : not ? bare.replace(/^-+/u, '') : bare,
        quoted: isQuoted,
        not,
        or,
      })
  }
  return splitAroundOr(result)
}

/** `a b OR c d` joins b and c alone. */
function splitAroundOr(parts: Unit[]): Unit[] {
  return parts.flatMap((unit, at) => {
    const beforeOr = parts[at + 1]?.or === true
    const afterOr = parts[at - 1]?.or === true
    if (unit.quoted || unit.or || unit.not || (!beforeOr && !afterOr)) return [unit]
    const bare = unit.text.split(' ')
    const first = afterOr ? [bare.shift() ?? ''] : []
    const last = beforeOr && bare.length > 0 ? [bare.pop() ?? ''] : []
    return [first.join(' '), bare.join(' '), last.join(' ')]
      .filter((piece) => piece !== '')
      .map((piece) => ({ ...unit, text: piece }))
  })
}

function phraseOf(text: string, taken: Word[]): Phrase {
  return { text: text.trim(), words: taken.map(({ plain, lexemes }) => ({ plain, lexemes: [...lexemes] })) }
}
