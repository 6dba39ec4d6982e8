import { fault } from '@cenopie/platform-contract'

export const mediaFaults = {
  tooLarge: fault('media.too-large', 'too-large', 'The file is larger than its purpose allows.'),
  quotaExceeded: fault('media.quota-exceeded', 'conflict', 'There is no room left for this file.'),
  notRetryable: fault(
    'media.not-retryable',
    'conflict',
    'No step of this file failed in a way that trying again could mend.',
  ),
  ticketRefused: fault('media.ticket-refused', 'forbidden', 'This ticket is not valid, or no longer.'),
  grantExpired: fault('media.grant-expired', 'forbidden', 'This address has expired; ask for a new one.'),
  filesMissing: fault(
    'media.files-missing',
    'not-found',
    'Some of these files do not exist, or not for this uploader.',
  ),
} as const
