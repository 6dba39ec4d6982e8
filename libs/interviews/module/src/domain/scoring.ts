export interface WeightedScore {
  score: number
  weight: number
}

/** Σ(weight · score) / Σ weight, to two decimals; undefined without scores. Stays within the anchors 0–4. */
export function weightedMean(scores: readonly WeightedScore[]): number | undefined {
  const weights = scores.reduce((sum, { weight }) => sum + weight, 0)
  if (weights === 0) return undefined
  const sum = scores.reduce((total, { score, weight }) => total + score * weight, 0)
  return Math.round((sum / weights) * 100) / 100
}

export interface OverridableScore extends WeightedScore {
  override: number | null
}

/** The score in force: a person's, where there is one. */
export function inForce({ score, weight, override }: OverridableScore): WeightedScore {
  return { score: override ?? score, weight }
}
