import { alternativeRequested } from './alternative-requested.ts'
import { applicationAdvanced } from './application-advanced.ts'
import { applicationHired } from './application-hired.ts'
import { applicationReceived } from './application-received.ts'
import { applicationRejected } from './application-rejected.ts'
import { applicationSubmitted } from './application-submitted.ts'
import { applicationWithdrawn } from './application-withdrawn.ts'
import { companyInvitation } from './company-invitation.ts'
import { emailChanged } from './email-changed.ts'
import { emailVerification } from './email-verification.ts'
import { humanReviewRequested } from './human-review-requested.ts'
import { humanReviewResolved } from './human-review-resolved.ts'
import { interviewAnalysed } from './interview-analysed.ts'
import { interviewAnalysisFailed } from './interview-analysis-failed.ts'
import { interviewDecided } from './interview-decided.ts'
import { interviewDecisionChanged } from './interview-decision-changed.ts'
import { interviewInvited } from './interview-invited.ts'
import { interviewReminder } from './interview-reminder.ts'
import { interviewSubmitted } from './interview-submitted.ts'
import { newSignIn } from './new-sign-in.ts'
import { passwordChanged } from './password-changed.ts'
import { passwordReset } from './password-reset.ts'
import { signUpRepeated } from './sign-up-repeated.ts'
import type { Template } from './template.ts'
import type { NotificationKind } from '../domain/kinds.ts'

/** What a stored delivery is rendered with. A type without a template does not compile. */
export const templates: Readonly<Record<NotificationKind, Template>> = {
  'email-verification': emailVerification,
  'sign-up-repeated': signUpRepeated,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'email-changed': emailChanged,
  'new-sign-in': newSignIn,
  'company-invitation': companyInvitation,
  'application-submitted': applicationSubmitted,
  'application-received': applicationReceived,
  'application-advanced': applicationAdvanced,
  'application-rejected': applicationRejected,
  'application-hired': applicationHired,
  'application-withdrawn': applicationWithdrawn,
  'interview-invited': interviewInvited,
  'interview-reminder': interviewReminder,
  'interview-submitted': interviewSubmitted,
  'interview-analysed': interviewAnalysed,
  'interview-analysis-failed': interviewAnalysisFailed,
  'interview-decided': interviewDecided,
  'interview-decision-changed': interviewDecisionChanged,
  'alternative-requested': alternativeRequested,
  'human-review-requested': humanReviewRequested,
  'human-review-resolved': humanReviewResolved,
}
