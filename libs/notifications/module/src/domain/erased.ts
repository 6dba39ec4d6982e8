interface Naming {
  facts: unknown
  about?: string | undefined
}

/** Everybody whom a piece of news concerns: who gets it, and whom it names. */
export function namedBy({ about }: Naming, receivers: string[]): string[] {
  return about === undefined ? receivers : [...receivers, about]
}

/** The news without the name of somebody erased, which late events still carry. */
export function sparing<N extends Naming>(erased: ReadonlySet<string>, news: N): N {
  if (news.about === undefined || !erased.has(news.about)) return news
  return { ...news, facts: { ...(news.facts as object), candidateName: 'Deleted account' }, about: undefined }
}
