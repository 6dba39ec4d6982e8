/** More words than anybody types; each costs an index scan. */
const MAX_WORDS = 10

/**
 * A tsquery that every word must match as a beginning: `node rem` → `'node':* & 'rem':*`. Each word is quoted and
 * cannot hold a quote or backslash, so to_tsquery has no syntax left to refuse; what it finds no lexeme in drops out.
 */
export function prefixQuery(words: string): string {
  return words
    .replace(/['\\]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
    .map((word) => `'${word}':*`)
    .join(' & ')
}
