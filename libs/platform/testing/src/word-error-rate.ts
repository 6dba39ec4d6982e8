/**
 * Word error rate: substitutions, deletions and insertions of the cheapest alignment over the words of the reference.
 * 0 is exact; it can exceed 1. As NIST's sclite counts it.
 */
export function wordErrorRate(reference: string, heard: string): number {
  const said = words(reference)
  const written = words(heard)
  let row = [...Array(written.length + 1).keys()]
  for (const [at, word] of said.entries()) {
    const next = [at + 1]
    for (const [column, other] of written.entries()) {
      const same = (row[column] ?? 0) + (word === other ? 0 : 1)
      next.push(Math.min(same, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return (row[written.length] ?? 0) / said.length
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
}
