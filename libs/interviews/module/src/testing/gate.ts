/** Holds whoever passes until it opens, and tells when they arrived. */
export function gate(expected = 1) {
  const opened = Promise.withResolvers<undefined>()
  const arrived = Promise.withResolvers<undefined>()
  let count = 0
  return {
    async pass(): Promise<void> {
      count += 1
      if (count >= expected) arrived.resolve(undefined)
      await opened.promise
    },
    arrived: arrived.promise,
    open: () => opened.resolve(undefined),
  }
}
