import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * Whoever answers requests goes first: where both want the processor, Linux weighs a child 36 against 1024 (the kernel's
 * table `sched_prio_to_weight`).
 */
export const niceness = 15

/** The kernel takes one wish for a session in a tenth of a second from whoever is not root. */
const againMilliseconds = 150

/**
 * Puts a child that leads a session of its own behind others. Where the kernel shares the processor among sessions
 * first, as many do outside of containers, niceness counts only within one (sched(7), "The autogroup feature").
 */
export function behindOthers(child: ChildProcess): void {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return
  try {
    // Threads inherit it as they start.
    setPriority(child.pid, niceness)
    writeFileSync(`/proc/${child.pid}/autogroup`, `${niceness}`)
  } catch (error) {
    const busy = (error as NodeJS.ErrnoException).code === 'EAGAIN'
    // Else there are no such groups here, or the child is gone.
    if (busy) setTimeout(behindOthers, againMilliseconds, child).unref()
  }
}
