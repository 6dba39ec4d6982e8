import type { ImageFacts } from './image.ts'
import type { ImagePlan } from './plan.ts'
import { failureOf } from './failure.ts'
import { sharp } from './sharp.ts'
import { targetOf } from './targets.ts'

/**
 * Whether a picture also becomes an animation. AVIF with several images is an album or a grid. Frames cannot be turned
 * (libvips holds them as one tall picture), and no program writes an animation that asks for it.
 */
export function isAnimation({ type, frames, turned }: ImageFacts): boolean {
  return frames > 1 && !turned && (type === 'gif' || type === 'webp')
}

/** All frames with their delays and loops as one animated WebP. */
export async function animate(path: string, source: ImageFacts, size: number, plan: ImagePlan) {
  const { width, height } = targetOf(source, plan, size)
  const frames = sharp(path, { animated: true, failOn: 'error', limitInputPixels: plan.limits.pixels })
  try {
    const animation = frames.resize({ width, height, fit: 'cover' }).webp({ quality: 75, effort: 2 })
    return { data: await animation.toBuffer(), width, height }
  } catch (error) {
    throw failureOf(error)
  }
}
