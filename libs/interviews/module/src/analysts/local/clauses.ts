/** A sentence of more words than this was not written as one: transcribers put no full stops. */
const longestSentence = 40
/** A clause of fewer is left with its neighbour. */
const shortestClause = 5

const subjects = new Set('i we they he she it you there this'.split(' '))
/** Begin a clause together with the subject that follows. */
const joints = new Set('and but so then because when while after before since if as'.split(' '))
/** After these a subject belongs to what is being said: "what they needed". */
const holds = new Set('that what which who whom how why where than like'.split(' '))

/** A part of a text: `text.slice(start, end)`. */
export interface Part {
  readonly start: number
  readonly end: number
}

/**
 * Cuts speech that was written down without full stops where a new subject begins, so that a quote is a statement, and
 * "not" in one does not deny the next. One part, the whole, for what has the length of a sentence.
 */
export function clausesOf(text: string): Part[] {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))
  if (words.length <= longestSentence) return [{ start: 0, end: text.length }]
  const cuts = [0]
  for (const [at, { text: word }] of words.entries()) {
    const before = words[at - 1]?.text ?? ''
    if (!subjects.has(word) || holds.has(before)) continue
    const first = joints.has(before) ? at - 1 : at
    if (first - (cuts.at(-1) ?? 0) >= shortestClause) cuts.push(first)
  }
  return cuts.map((from, at) => ({
    start: words[from]?.start ?? 0,
    end: words[(cuts[at + 1] ?? words.length) - 1]?.end ?? text.length,
  }))
}
