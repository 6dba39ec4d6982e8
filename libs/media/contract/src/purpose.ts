import { z } from 'zod'

/** What a file is for; decides what it may be and what is made of it. */
export const purposes = ['avatar', 'cover', 'logo', 'post-image', 'attachment', 'recording'] as const
export const purpose = z.enum(purposes).meta({ id: 'MediaPurpose' })
export type Purpose = z.output<typeof purpose>
