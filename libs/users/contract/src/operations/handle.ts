import { faults, operation } from '@cenopie/platform-contract'
import { handleNotReserved } from '../checks.ts'
import { handleTaken, tooManyHandles } from '../faults.ts'
import { handleName } from '../fields.ts'
import { ownProfile, profile } from '../profile.ts'

export const chooseHandle = operation({
  method: 'PUT',
  path: '/api/v1/users/me/handle',
  summary: 'Choose or change your handle',
  description: 'A former handle stays yours and still leads to your profile.',
  access: 'user',
  input: { handle: handleName },
  output: ownProfile,
  faults: [faults.notFound, handleTaken, tooManyHandles],
  checks: [handleNotReserved],
})

export const getProfileByHandle = operation({
  method: 'GET',
  path: '/api/v1/users/handles/{handle}',
  summary: 'Read a profile by its handle',
  description: 'A former handle answers too; `handle` in the answer is the current one, to redirect to.',
  access: 'public',
  input: { handle: handleName },
  output: profile,
  faults: [faults.notFound],
})
