import type { ChildProcess } from 'node:child_process'
import type { Limit } from './command.ts'
import type { Order } from './supervise.ts'
import { bytesBelow, cpuSecondsOf } from './usage.ts'

const everyMilliseconds = 500

/** Tells of the limits that a child passes; the kernel alone knows of some, and of none by its reason. Returns its end. */
export function watch(
  child: ChildProcess,
  { limits, writes }: Pick<Order, 'limits' | 'writes'>,
  tell: (limit: Limit) => void,
): () => void {
  const deadline = setTimeout(() => tell('time'), limits.wallSeconds * 1000)
  const looking = setInterval(() => {
    if ((cpuSecondsOf(child.pid) ?? 0) > limits.cpuSeconds) tell('processor')
    if (writes && bytesBelow(writes) > limits.outputBytes) tell('output')
  }, everyMilliseconds)
  return () => {
    clearTimeout(deadline)
    clearInterval(looking)
  }
}
