/** As a busy service has them under way. */
const concurrency = 16

/** Makes that many calls, some at once. Resolves to what they took, in milliseconds. */
export async function concurrently(calls: number, once: () => Promise<unknown>): Promise<number> {
  let left = calls
  const one = async () => {
    while (left-- > 0) await once()
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: concurrency }, one))
  return performance.now() - started
}
