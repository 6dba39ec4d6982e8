import { Fault, faults } from '@cenopie/platform-contract'

/** Runs at most `atOnce` pieces of work; `waiting` more wait their turn, any further one is refused as `unavailable`. */
export function waitingLine(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running < atOnce) running += 1
    else {
      if (line.length >= waiting) {
        throw new Fault(faults.unavailable, {
          detail: 'Too many people are signing in just now.',
          retryAfter: 2,
        })
      }
      await new Promise<void>((resolve) => line.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = line.shift()
      // The next one takes over this place, so nobody who comes in between can.
      if (next) next()
      else running -= 1
    }
  }
}
