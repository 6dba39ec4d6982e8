import { fault } from '@cenopie/platform-contract'

export const authFaults = {
  wrongCredentials: fault(
    'auth.wrong-credentials',
    'unauthenticated',
    'The e-mail address or the password is wrong.',
  ),
  sessionEnded: fault('auth.session-ended', 'unauthenticated', 'This session has ended; sign in again.'),
  linkExpired: fault('auth.link-expired', 'gone', 'This link was used, replaced or has expired.'),
  emailUnverified: fault('auth.email-unverified', 'forbidden', 'Confirm your e-mail address first.'),
  lastOwner: fault('auth.last-owner', 'conflict', 'A company keeps at least one owner.'),
  tooManyMemberships: fault(
    'auth.too-many-memberships',
    'conflict',
    'One person can belong to 20 companies.',
  ),
  companyFull: fault(
    'auth.company-full',
    'conflict',
    'One company can have 500 members and open invitations.',
  ),
  alreadyMember: fault('auth.already-member', 'conflict', 'This person is already a member of the company.'),
  invitationForAnother: fault(
    'auth.invitation-for-another-address',
    'forbidden',
    'This invitation was sent to another e-mail address.',
  ),
} as const
