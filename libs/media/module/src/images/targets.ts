import type { ImageFacts } from './image.ts'
import type { ImagePlan } from './plan.ts'

/** Pixels that one size of the plan comes to for one picture. */
export interface Target {
  size: number
  width: number
  height: number
}

/** One for each size that the picture fills, ascending, and one of its own width if it does not fill the next. */
export function targetsOf(source: Pick<ImageFacts, 'width' | 'height'>, plan: ImagePlan): Target[] {
  const targets: Target[] = []
  for (const size of plan.sizes) {
    const { scale, ...target } = targetOf(source, plan, size)
    targets.push({ size, ...target })
    if (scale === 1) break
  }
  return targets
}

/** The same for one size alone. The scale is at most 1. */
export function targetOf(
  { width, height }: { width: number; height: number },
  { shape }: ImagePlan,
  size: number,
) {
  if (shape === 'square') {
    const side = Math.min(width, height)
    const length = Math.min(size, side)
    return { width: length, height: length, scale: length / side }
  }
  const scale = Math.min(size / width, (size * shape.timesHigh) / height, 1)
  const scaled = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: scaled(width), height: scaled(height), scale }
}
