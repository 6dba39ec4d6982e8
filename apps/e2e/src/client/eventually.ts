import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'

/** Between two looks, in milliseconds: longer each time, so that who waits long does not meet the limit on requests. */
const pace = { first: 50, growth: 1.2, longest: 1000 }

/** One of several looks for the same thing. */
export interface Look {
  /** The same for all of them. */
  wait: object
  /** From 1. */
  turn: number
}

const looks = new AsyncLocalStorage<Look>()

/** The look that the running code is part of. */
export const lookUnderWay = () => looks.getStore()

/** Looks until there is something to see. Rejects after `seconds`, naming what never came. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { seconds = 60, every = pace.first } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  const wait = {}
  for (let turn = 1; ; turn += 1) {
    const seen = await looks.run({ wait, turn }, look)
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > deadline) throw new Error(`Waited ${seconds} seconds in vain for ${what}`)
    await pause(Math.min(every * pace.growth ** (turn - 1), Math.max(every, pace.longest)))
  }
}
