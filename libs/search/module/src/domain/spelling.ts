/** Whoever types a word of two letters means it. */
const shortest = 3

/** The word with two neighbours swapped or one letter left out: misspellings that share few trigrams with it. */
export function nearVariants(word: string): string[] {
  const letters = [...word]
  if (letters.length < shortest) return []
  const swapped = letters.slice(1).map((letter, at) => {
    const copy = [...letters]
    copy.splice(at, 2, letter, letters[at] as string)
    return copy.join('')
  })
  const shortened = letters.map((_, at) => letters.toSpliced(at, 1).join(''))
  return [...new Set([...swapped, ...shortened])].filter((variant) => variant !== word)
}

/** Slips that are forgiven in a word of this length. */
const forgiven = (length: number) => (length < shortest ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3)

/** Of words spelt much alike, the one that was probably meant: with the fewest slips, then the most frequent. */
export function likelyMeant<W extends { key: string; docs: number }>(
  typed: string,
  found: readonly W[],
): W | undefined {
  const near = found
    .map((word) => ({ word, slips: slips(typed, word.key) }))
    .filter(({ slips }) => slips > 0 && slips <= forgiven(typed.length))
    .sort((a, b) => a.slips - b.slips || b.word.docs - a.word.docs || (a.word.key < b.word.key ? -1 : 1))
  return near[0]?.word
}

/** Letters to insert, leave out, replace or swap with a neighbour (optimal string alignment distance). */
export function slips(a: string, b: string): number {
  const [rows, columns] = [a.length + 1, b.length + 1]
  const cost = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => row || column),
  )
  const at = (row: number, column: number) => cost[row]?.[column] ?? 0
  for (let row = 1; row < rows; row += 1) {
    for (let column = 1; column < columns; column += 1) {
      const other = a[row - 1] === b[column - 1] ? 0 : 1
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + other)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, at(row - 2, column - 2) + 1)
      ;(cost[row] as number[])[column] = best
    }
  }
  return at(rows - 1, columns - 1)
}
