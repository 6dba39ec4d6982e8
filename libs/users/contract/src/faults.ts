import { fault } from '@cenopie/platform-contract'

export const profileChanged = fault(
  'users.profile-changed',
  'conflict',
  'The profile was changed elsewhere; read it again and repeat the change.',
)
export const handleTaken = fault('users.handle-taken', 'conflict', 'This handle belongs to someone else.')
export const tooManyHandles = fault(
  'users.too-many-handles',
  'conflict',
  'A member may hold ten handles, the former ones included.',
)
export const tooManyBlocks = fault(
  'users.too-many-blocks',
  'conflict',
  'A member may block a thousand others.',
)
export const tooManyMutes = fault('users.too-many-mutes', 'conflict', 'A member may mute a thousand others.')
