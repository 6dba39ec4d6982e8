import { operation, snapshotPage, snapshotPaging } from '@cenopie/platform-contract'
import { memberBlocked, profileUpdated } from '../events.ts'

export const snapshotProfiles = operation({
  method: 'GET',
  path: '/internal/v1/users/snapshots/profiles',
  summary: 'Every profile, as `users.profile-updated` would tell of it now',
  access: 'internal',
  input: snapshotPaging,
  output: snapshotPage(profileUpdated),
})

export const snapshotBlocks = operation({
  method: 'GET',
  path: '/internal/v1/users/snapshots/blocks',
  summary: 'Every block that stands, as `users.member-blocked` told of it',
  access: 'internal',
  input: snapshotPaging,
  output: snapshotPage(memberBlocked),
})
