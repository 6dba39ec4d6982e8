import { inAWeek, secret } from './facts.ts'
import type { NotificationKind } from '../domain/kinds.ts'

const at = '2026-11-23T09:30:00.000Z'
const link = { token: secret, expiresAt: inAWeek }
const interview = { companyName: 'Analytical Engines', title: 'Engineer', candidateName: 'Ada Lovelace' }
const application = { ...interview, postingId: '019a0000-0000-7000-8000-000000000001' }

/** Facts of each type as they are stored. */
export const samples: Record<NotificationKind, Record<string, unknown>> = {
  'email-verification': link,
  'sign-up-repeated': {},
  'password-reset': link,
  'password-changed': { at },
  'email-changed': { email: 'ada@new.example', at },
  'new-sign-in': { at, address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' },
  'company-invitation': { ...link, companyName: 'Analytical Engines', role: 'recruiter' },
  'application-submitted': application,
  'application-received': application,
  'application-advanced': { ...application, toStage: 'offer' },
  'application-rejected': { ...application, message: 'Thank you for your time.\n\nPlease apply again.' },
  'application-hired': application,
  'application-withdrawn': application,
  'interview-invited': { ...interview, token: secret, deadline: inAWeek, modes: ['video', 'text'] },
  'interview-reminder': { ...interview, deadline: inAWeek },
  'interview-submitted': { ...interview, humanReview: false },
  'interview-analysed': interview,
  'interview-analysis-failed': interview,
  'interview-decided': { ...interview, decision: 'advance' },
  'interview-decision-changed': { ...interview, to: 'advance' },
  'alternative-requested': { ...interview, kind: 'human-process' },
  'human-review-requested': interview,
  'human-review-resolved': { ...interview, outcome: 'changed', decision: 'advance' },
}
