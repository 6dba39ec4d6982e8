/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [lower, upper] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]]
  if (lower === undefined || upper === undefined) throw new Error('there is no median of nothing')
  return (lower + upper) / 2
}

/** Half of the distance between lowest and highest, as a share of the median: how far to trust it. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / 2 / median(values)
}
