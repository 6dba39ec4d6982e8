import { readFileSync } from 'node:fs'
import type { Upload } from './pictures.ts'

/** What one variant came out as. */
export interface Variant {
  width: number
  height: number
  bytes: number
}

/** What a run takes: wall clock, and processor time of this process and those that it started. */
export interface Taken {
  ms: number
  cpuMs: number
  variants: Variant[]
}

/** Pictures under way at once. */
const atOnce = 2

/** Makes the variants of the uploads of every message from the parent and answers with what that took. */
export function answer(make: (upload: Upload) => Promise<Variant[]>): void {
  process.on('message', ({ uploads }: { uploads: Upload[] }) => {
    run(uploads, make).then(
      (taken) => process.send?.(taken),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('SIGTERM', () => process.exit(0))
  process.send?.({ ready: true })
}

async function run(uploads: Upload[], make: (upload: Upload) => Promise<Variant[]>): Promise<Taken> {
  const variants: Variant[] = []
  const waiting = uploads.values()
  const takeTurns = async () => {
    for (const upload of waiting) variants.push(...(await make(upload)))
  }
  const cpuBefore = cpuMs()
  const started = performance.now()
  await Promise.all(Array.from({ length: atOnce }, takeTurns))
  return { ms: performance.now() - started, cpuMs: cpuMs() - cpuBefore, variants }
}

/** Of this process and its children; Linux counts the children's in hundredths of a second. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)
  const ticks = children.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return Number(fields[11]) + Number(fields[12])
  })
  return (user + system) / 1000 + ticks.reduce((sum, ticks) => sum + ticks * 10, 0)
}
