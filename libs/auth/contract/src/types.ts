import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'

/** An address as people type it; compared and stored in lower case. 254: the longest that SMTP carries (RFC 5321). */
export const email = z.email().max(254)

export const personName = z.string().min(1).max(120).regex(/\S/)
export const companyName = z.string().min(2).max(120).regex(/\S/)

/** A new password: length is the only demand on its shape (NIST SP 800-63B, 3.1.1.2). */
export const newPassword = z.string().min(10).max(128)

/** A password somebody claims to have; shorter ones are wrong, not malformed. */
export const presentedPassword = z.string().min(1).max(128)

/** 32 random bytes in base64url. */
export const secretToken = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .max(43)

export const role = z
  .enum(['owner', 'admin', 'recruiter', 'interviewer'])
  .describe('owner and admin manage the company; recruiter manages hiring; interviewer reads and scores.')
  .meta({ id: 'CompanyRole' })
export type Role = z.output<typeof role>

/** Opaque: which session, which exchange, and a proof that the platform made it. */
export const refreshToken = z
  .string()
  .regex(/^[A-Za-z0-9_-]{70}$/)
  .max(70)

/** A person's companies are part of every access token, so their number is bounded. */
export const MAX_MEMBERSHIPS = 20
export const MAX_MEMBERS = 500

export const Tokens = z
  .object({
    accessToken: z.string().max(8192).describe('JWT for `Authorization: Bearer`, good for five minutes.'),
    accessTokenExpiresAt: timestamp,
    refreshToken: z.string().max(70).describe('Good for one exchange at POST /api/v1/auth/refresh.'),
    refreshTokenExpiresAt: timestamp,
    sessionId: id,
  })
  .meta({ id: 'Tokens' })

export const Accepted = z
  .object({ next: z.literal('check-your-mail') })
  .describe('The same for known and unknown addresses.')
  .meta({ id: 'CheckYourMail' })

export const Session = z
  .object({
    id,
    current: z.boolean().describe('Whether this request came with it.'),
    device: z.string().max(80).describe('Browser and system, as far as the user agent tells.'),
    address: z.string().max(64).optional(),
    createdAt: timestamp,
    lastSeenAt: timestamp,
  })
  .meta({ id: 'Session' })

export const Membership = z
  .object({ companyId: id, companyName: z.string().max(120), slug: z.string().max(80), role })
  .meta({ id: 'CompanyMembership' })

export const Account = z
  .object({
    id,
    email: z.string().max(254),
    name: z.string().max(120),
    emailVerified: z.boolean(),
    memberships: z.array(Membership).max(MAX_MEMBERSHIPS),
  })
  .meta({ id: 'Account' })

export const Company = z
  .object({ id, name: z.string().max(120), slug: z.string().max(80), role, createdAt: timestamp })
  .meta({ id: 'Company' })

export const Member = z
  .object({ userId: id, name: z.string().max(120), email: z.string().max(254), role, joinedAt: timestamp })
  .meta({ id: 'CompanyMember' })

export const Invitation = z
  .object({
    id,
    companyId: id,
    email: z.string().max(254),
    role,
    invitedBy: id,
    createdAt: timestamp,
    expiresAt: timestamp,
  })
  .meta({ id: 'CompanyInvitation' })

export const JsonWebKey = z
  .object({
    kty: z.string().max(10),
    crv: z.string().max(20),
    x: z.string().max(200),
    kid: z.string().max(64),
    alg: z.string().max(10),
    use: z.string().max(10),
  })
  .meta({ id: 'JsonWebKey' })
