import { event, id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { role } from './types.ts'

const emailAddress = z.string().max(254)
const name = z.string().max(120)
const token = z.string().max(64).describe('Goes into the link of one mail and nowhere else.')

const user = { userId: id, email: emailAddress }
const link = { ...user, name, token, expiresAt: timestamp }

/** Entity of each: the user, unless it speaks of a company or an invitation. */
export const authEvents = {
  userRegistered: event('auth.user-registered', 1, z.object({ ...user, name })),
  /** Somebody tried to sign up with an address that has an account: its owner is told. */
  signUpRepeated: event('auth.sign-up-repeated', 1, z.object({ ...user, name })),
  emailVerified: event('auth.email-verified', 1, z.object(user)),
  emailChanged: event('auth.email-changed', 1, z.object({ ...user, previousEmail: emailAddress })),
  /** `email` is the address to confirm: on a change of address, the new one. */
  emailVerificationRequested: event('auth.email-verification-requested', 1, z.object(link)),
  passwordResetRequested: event('auth.password-reset-requested', 1, z.object(link)),
  passwordChanged: event('auth.password-changed', 1, z.object(user)),
  signedInFromNewDevice: event(
    'auth.signed-in-from-new-device',
    1,
    z.object({
      ...user,
      address: z.string().max(64).optional(),
      userAgent: z.string().max(512).optional(),
      at: timestamp,
    }),
  ),
  /** Entity: the company. Members' events too: the company's version orders them. */
  companyCreated: event(
    'auth.company-created',
    1,
    z.object({ companyId: id, name, slug: z.string().max(80), ownerId: id }),
  ),
  companyRenamed: event(
    'auth.company-renamed',
    1,
    z.object({ companyId: id, name, slug: z.string().max(80) }),
  ),
  memberJoined: event('auth.member-joined', 1, z.object({ companyId: id, userId: id, role })),
  memberRemoved: event('auth.member-removed', 1, z.object({ companyId: id, userId: id })),
  memberRoleChanged: event('auth.member-role-changed', 1, z.object({ companyId: id, userId: id, role })),
  /** Entity: the invitation. */
  companyInvitationCreated: event(
    'auth.company-invitation-created',
    1,
    z.object({
      invitationId: id,
      companyId: id,
      companyName: name,
      email: emailAddress,
      role,
      token,
      invitedBy: id,
      expiresAt: timestamp,
    }),
  ),
} as const
