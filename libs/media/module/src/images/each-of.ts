/**
 * Does `work` on each item, `atOnce` at a time. After a failure nothing more is begun; rejects with the first one,
 * once all that was running has ended.
 */
export async function eachOf<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items].values()
  const failures: unknown[] = []
  const takeTurns = async () => {
    // All take from the one iterator.
    for (const item of waiting) {
      if (failures.length > 0) return
      await work(item).catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns))
  if (failures.length > 0) throw failures[0]
}
