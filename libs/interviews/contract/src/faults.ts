import { fault } from '@cenopie/platform-contract'

export const interviewFaults = {
  templateChanged: fault(
    'interviews.template-changed',
    'conflict',
    'Somebody changed this template meanwhile; load it again.',
  ),
  templateNotDraft: fault(
    'interviews.template-not-draft',
    'conflict',
    'There is no draft version to publish.',
  ),
  templateArchived: fault('interviews.template-archived', 'conflict', 'This template is archived.'),
  templateNotPublished: fault(
    'interviews.template-not-published',
    'conflict',
    'Only a published template can be assigned.',
  ),
  linkExpired: fault('interviews.link-expired', 'gone', 'This personal link has expired.'),
  deadlinePassed: fault('interviews.deadline-passed', 'gone', 'The deadline of this interview has passed.'),
  cancelled: fault('interviews.cancelled', 'gone', 'This interview was cancelled.'),
  alreadySubmitted: fault(
    'interviews.already-submitted',
    'conflict',
    'This interview has been submitted already.',
  ),
  consentOutdated: fault(
    'interviews.consent-outdated',
    'conflict',
    'The consent text has changed; read it again.',
  ),
  consentFinal: fault(
    'interviews.consent-final',
    'conflict',
    'Consent was declined or withdrawn and cannot be given again.',
  ),
  notOpen: fault(
    'interviews.not-open',
    'conflict',
    'This interview does not take answers in its present status.',
  ),
  notFailed: fault('interviews.not-failed', 'conflict', 'Only a failed analysis can be tried again.'),
  notAnalysed: fault(
    'interviews.not-analysed',
    'conflict',
    'There is no score of the analyst here to override.',
  ),
  notReviewable: fault('interviews.not-reviewable', 'conflict', 'This interview has not been submitted yet.'),
  scorecardSubmitted: fault(
    'interviews.scorecard-submitted',
    'conflict',
    'Your scorecard is submitted and final.',
  ),
  alreadyDecided: fault('interviews.already-decided', 'conflict', 'This interview has been decided already.'),
} as const
