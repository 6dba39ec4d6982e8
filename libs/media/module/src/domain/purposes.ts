import type { Purpose } from '@cenopie/media-contract'
import { imagePlans, type ImagePlan } from '../images/index.ts'
import { contentLimits, type ContentLimits } from '../video/index.ts'

const mega = 1_000_000

/** What a file of a purpose may be, and what becomes of it. */
export type PurposeRule =
  | { kind: 'image'; maxBytes: number; plan: ImagePlan }
  | { kind: 'document'; maxBytes: number }
  | { kind: 'recording'; maxBytes: number; limits: ContentLimits }

const image = (plan: ImagePlan): PurposeRule => ({ kind: 'image', maxBytes: plan.limits.bytes, plan })

/** The one table of limits; pixels and frames of pictures stand in their plans. */
export const purposeRules: Readonly<Record<Purpose, PurposeRule>> = {
  avatar: image(imagePlans.avatar),
  cover: image(imagePlans.cover),
  logo: image(imagePlans.logo),
  'post-image': image(imagePlans['post-image']),
  attachment: { kind: 'document', maxBytes: 25 * mega },
  recording: { kind: 'recording', maxBytes: 4000 * mega, limits: contentLimits.parse({}) },
}
