/** Like `Promise.all` over `items`, with at most `hands` under way at once. Rejects with the first failure. */
export async function inTurns<T, R>(
  hands: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const hand = async () => {
    for (const [at, item] of queue) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: hands }, hand))
  return results
}
