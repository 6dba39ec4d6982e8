import { setTimeout as pause } from 'node:timers/promises'

/** Between two looks, in milliseconds. */
const pace = 50

/** Looks until there is something to see. Rejects after `seconds`, naming what never came. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { seconds = 60, every = pace } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > deadline) throw new Error(`Waited ${seconds} seconds in vain for ${what}`)
    await pause(every)
  }
}
