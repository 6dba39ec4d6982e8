import type { Facet } from '@cenopie/search-contract'

const shownValues = 10

interface Counted {
  key: string
  count: number
  /** How often each way to write it occurs. */
  spellings: Map<string, number>
}

/** Counts the facets of documents, one a line: by name, each value under its most frequent spelling. */
export function countFacets(lines: string): (name: string) => Facet {
  const byName = new Map<string, Map<string, Counted>>()
  for (const [entry, count] of tally(lines)) {
    const [name = '', key = '', spelling = ''] = entry.split('\t')
    const values = byName.get(name) ?? new Map<string, Counted>()
    byName.set(name, values)
    const counted = values.get(key) ?? { key, count: 0, spellings: new Map() }
    values.set(key, counted)
    counted.count += count
    counted.spellings.set(spelling, count)
  }
  return (name) => {
    const values = [...(byName.get(name)?.values() ?? [])]
    const first = values.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, shownValues)
    return first.map(({ key, count, spellings }) => {
      const [spelling = ''] = [...spellings].reduce((most, one) => (one[1] > most[1] ? one : most))
      // A company is filtered by its id; everything else by what people read.
      return name === 'company' ? { value: key, label: spelling, count } : { value: spelling, count }
    })
  }
}

function tally(lines: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const entry of lines.split('\n')) counts.set(entry, (counts.get(entry) ?? 0) + 1)
  return counts
}
