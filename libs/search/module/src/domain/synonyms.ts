/**
 * Words that mean the same in postings and profiles. The first of each line stands for all of them, in documents and
 * in queries alike, so a change here takes effect with the next rebuild: raise `analysis` in words.ts.
 */
const groups: readonly (readonly string[])[] = [
  ['javascript', 'js', 'ecmascript'],
  ['typescript', 'ts'],
  ['kubernetes', 'k8s'],
  ['postgresql', 'postgres', 'psql'],
  ['golang', 'go lang'],
  ['nodejs', 'node js'],
  ['reactjs', 'react js', 'react'],
  ['vuejs', 'vue js', 'vue'],
  ['dotnet', '.net', 'dot net'],
  ['csharp', 'c#', 'c sharp'],
  ['cpp', 'c++'],
  ['ml', 'machine learning'],
  ['ai', 'artificial intelligence'],
  ['nlp', 'natural language processing'],
  ['sre', 'site reliability engineer', 'site reliability engineering'],
  ['devops', 'dev ops'],
  ['aws', 'amazon web services'],
  ['gcp', 'google cloud', 'google cloud platform'],
  ['qa', 'quality assurance'],
  ['ux', 'user experience'],
  ['ui', 'user interface'],
  ['hr', 'human resources'],
  ['pm', 'product manager'],
  ['cto', 'chief technology officer'],
  ['ceo', 'chief executive officer'],
  ['cfo', 'chief financial officer'],
  ['frontend', 'front end'],
  ['backend', 'back end'],
  ['fullstack', 'full stack'],
  ['developer', 'dev'],
  ['senior', 'sr'],
  ['junior', 'jr'],
  ['nyc', 'new york', 'new york city'],
  ['uk', 'united kingdom'],
  ['usa', 'united states', 'united states of america'],
]

export interface Synonyms {
  /** One word → the word that stands for it. */
  readonly words: ReadonlyMap<string, string>
  /** First word → what may follow it, longest first → the word that stands for all of it. */
  readonly phrases: ReadonlyMap<string, readonly { rest: readonly string[]; stands: string }[]>
}

/** `normal` is the form in which words are compared. */
export function synonyms(normal: (word: string) => string): Synonyms {
  const words = new Map<string, string>()
  const phrases = new Map<string, { rest: string[]; stands: string }[]>()
  for (const [first = '', ...others] of groups) {
    const stands = normal(first)
    for (const other of others) {
      const [head = '', ...rest] = other.split(' ').map(normal)
      if (rest.length === 0) words.set(head, stands)
      else phrases.set(head, [...(phrases.get(head) ?? []), { rest, stands }])
    }
  }
  for (const list of phrases.values()) list.sort((a, b) => b.rest.length - a.rest.length)
  return { words, phrases }
}
