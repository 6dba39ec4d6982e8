import type { Step } from './steps.ts'

/** What was killed, and what it was doing. */
export type Kill =
  | { what: 'worker'; aimedAt: Step; /** Of every run that ended with it. */ interrupted: Step[] }
  | { what: 'tool'; step: Step; program: string }

/** How often each step was hit, and by what: `{ transcode: { worker: 7, ffmpeg: 4 } }`. */
export function hits(kills: readonly Kill[]): Partial<Record<Step, Record<string, number>>> {
  const table: Partial<Record<Step, Record<string, number>>> = {}
  const count = (step: Step, by: string) => {
    const row = (table[step] ??= {})
    row[by] = (row[by] ?? 0) + 1
  }
  for (const kill of kills) {
    if (kill.what === 'tool') count(kill.step, kill.program)
    else for (const step of kill.interrupted) count(step, 'worker')
  }
  return table
}

/** Of `candidates` one that was hit the least. */
export function leastHit<S extends Step>(
  candidates: readonly S[],
  timesHit: (step: S) => number,
  next: (bound: number) => number,
): S {
  const least = Math.min(...candidates.map(timesHit))
  const fewest = candidates.filter((step) => timesHit(step) === least)
  return fewest[next(fewest.length)] as S
}
