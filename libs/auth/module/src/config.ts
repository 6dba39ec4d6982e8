import { z } from 'zod'

export const AuthConfig = z.object({
  secret: z
    .string()
    .min(32)
    .max(256)
    .default('cenopie-development-only-auth-secret')
    .meta({ secret: true, unsafeDefault: true })
    .describe('Seals signing keys and proves refresh tokens. Changing it ends every session.'),
  hashesAtOnce: z.int().min(1).max(16).default(2).describe('Password hashes computed at once, 19 MiB each.'),
  hashesWaiting: z.int().min(0).max(10_000).default(64).describe('Hashes that may wait; more are refused.'),
})
