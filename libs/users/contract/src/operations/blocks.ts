import { faults, id, operation, paging } from '@cenopie/platform-contract'
import { tooManyBlocks } from '../faults.ts'
import { memberEntryPage } from '../member-entry.ts'

export const blockMember = operation({
  method: 'PUT',
  path: '/api/v1/users/me/blocks/{userId}',
  summary: 'Block a member',
  description:
    'From now on neither of you finds anything of the other here. They are not told, and the answer is the same ' +
    'whether or not there is such a member.',
  access: 'user',
  input: { userId: id },
  faults: [faults.notFound, tooManyBlocks],
})

export const unblockMember = operation({
  method: 'DELETE',
  path: '/api/v1/users/me/blocks/{userId}',
  summary: 'Lift a block',
  description: 'A block in the other direction still stands.',
  access: 'user',
  input: { userId: id },
  faults: [faults.notFound],
})

export const listBlocks = operation({
  method: 'GET',
  path: '/api/v1/users/me/blocks',
  summary: 'Whom you have blocked, latest first',
  access: 'user',
  input: { ...paging },
  output: memberEntryPage,
})
