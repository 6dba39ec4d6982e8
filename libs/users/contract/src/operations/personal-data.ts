import { faults, operation } from '@cenopie/platform-contract'
import { erasureReceipt, profileExport } from '../erasure.ts'

export const exportMe = operation({
  method: 'GET',
  path: '/api/v1/users/me/export',
  summary: 'Export everything held here about you',
  access: 'user',
  input: {},
  output: profileExport,
  faults: [faults.notFound],
  sensitive: true,
})

export const eraseMe = operation({
  method: 'DELETE',
  path: '/api/v1/users/me',
  summary: 'Erase your profile for good',
  description: 'The answer is a receipt; asking again answers with the same one.',
  access: 'user',
  input: {},
  output: erasureReceipt,
  faults: [faults.notFound],
})
