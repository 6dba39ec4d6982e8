import { faults, id, operation, paging } from '@cenopie/platform-contract'
import { tooManyMutes } from '../faults.ts'
import { memberEntryPage } from '../member-entry.ts'

export const muteMember = operation({
  method: 'PUT',
  path: '/api/v1/users/me/mutes/{userId}',
  summary: 'Mute a member',
  description: 'Lists no longer show them to you; nothing changes for them, and nobody but you knows.',
  access: 'user',
  input: { userId: id },
  faults: [faults.notFound, tooManyMutes],
})

export const unmuteMember = operation({
  method: 'DELETE',
  path: '/api/v1/users/me/mutes/{userId}',
  summary: 'No longer mute a member',
  access: 'user',
  input: { userId: id },
  faults: [faults.notFound],
})

export const listMutes = operation({
  method: 'GET',
  path: '/api/v1/users/me/mutes',
  summary: 'Whom you have muted, latest first',
  access: 'user',
  input: { ...paging },
  output: memberEntryPage,
})
