import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Linux counts in hundredths of a second towards programs, whatever the kernel does inside. */
const ticksPerSecond = 100

/** Processor time that a process used so far over all its threads; undefined where the system does not say. */
export function cpuSecondsOf(pid: number | undefined): number | undefined {
  try {
    // The name in parentheses may hold spaces. After it, user time is the 12th field and system time the 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const ticks = Number(fields[11]) + Number(fields[12])
    return Number.isFinite(ticks) ? ticks / ticksPerSecond : undefined
  } catch {
    return undefined
  }
}

/** Bytes of a file, or of the files in a folder; 0 while there is none. */
export function bytesBelow(path: string): number {
  try {
    const found = statSync(path)
    if (!found.isDirectory()) return found.size
    return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0)
  } catch {
    return 0
  }
}
