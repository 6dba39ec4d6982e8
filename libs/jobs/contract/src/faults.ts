import { fault } from '@cenopie/platform-contract'

export const jobsFaults = {
  versionConflict: fault(
    'jobs.version-conflict',
    'conflict',
    'Someone changed this posting meanwhile; read it again before editing.',
  ),
  postingState: fault(
    'jobs.posting-state',
    'conflict',
    'The posting is in a state that does not allow this.',
  ),
  postingNotOpen: fault('jobs.posting-not-open', 'gone', 'This posting no longer takes applications.'),
  emailNotVerified: fault(
    'jobs.email-not-verified',
    'forbidden',
    'Verify your e-mail address before applying.',
  ),
  alreadyApplied: fault('jobs.already-applied', 'conflict', 'You have already applied to this posting.'),
  stageMoved: fault(
    'jobs.stage-moved',
    'conflict',
    'The application is not in the stage that this was decided on; read it again.',
  ),
  transitionNotAllowed: fault(
    'jobs.transition-not-allowed',
    'conflict',
    'An application cannot move from its stage to that one.',
  ),
} as const
