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
  modeNotAllowed: fault(
    'interviews.mode-not-allowed',
    'conflict',
    'This question is not answered in this way.',
  ),
  notShown: fault(
    'interviews.not-shown',
    'conflict',
    'Have this question shown first; its time begins then.',
  ),
  timeOver: fault('interviews.time-over', 'conflict', 'The time for this question is over.'),
  tooManyDeviceChecks: fault(
    'interviews.too-many-device-checks',
    'rate-limited',
    'Camera and microphone were tried often; begin, or try them again in some hours.',
  ),
  noTakesLeft: fault('interviews.no-takes-left', 'conflict', 'There is no take left for this question.'),
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
  notDecided: fault('interviews.not-decided', 'conflict', 'This interview has not been decided yet.'),
  humanReviewRequested: fault(
    'interviews.human-review-requested',
    'conflict',
    'A human review of this interview has been requested already.',
  ),
  humanReviewResolved: fault(
    'interviews.human-review-resolved',
    'conflict',
    'This request for human review has been answered already.',
  ),
  erased: fault('interviews.erased', 'gone', 'This interview was erased.'),
  alreadyDecided: fault('interviews.already-decided', 'conflict', 'This interview has been decided already.'),
} as const
