import type { Contest } from './case.ts'

export interface Measured {
  ours: number[]
  baseline: number[]
}

/** Runs both sides in turns, the other one first in every second round, so that drift hits both alike. */
export async function measure({ ours, baseline }: Contest, rounds: number, warmUps = 1): Promise<Measured> {
  for (let at = 0; at < warmUps; at += 1) {
    await baseline()
    await ours()
  }
  const measured: Measured = { ours: [], baseline: [] }
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) measured.ours.push(await ours())
    measured.baseline.push(await baseline())
    if (round % 2 === 1) measured.ours.push(await ours())
  }
  return measured
}
