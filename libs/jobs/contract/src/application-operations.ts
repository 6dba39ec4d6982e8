import { faults, id, operation, page, paging } from '@cenopie/platform-contract'
import { z } from 'zod'
import {
  ApplicationDetail,
  ApplicationNote,
  ApplicationReference,
  ApplicationSummary,
  MyApplication,
  MyApplicationSummary,
  RejectionReason,
  ScreeningAnswer,
  Stage,
  StageCounts,
} from './application.ts'
import { oneAnswerEach } from './checks.ts'
import { jobsFaults } from './faults.ts'
import { text } from './text.ts'

const deciding = [
  faults.notFound,
  faults.forbidden,
  jobsFaults.stageMoved,
  jobsFaults.transitionNotAllowed,
] as const
const fromStage = Stage.describe('The stage the decision was taken on; refused if it has moved since')

export const apply = operation({
  method: 'POST',
  path: '/api/v1/jobs/postings/{postingId}/applications',
  summary: 'Apply to a posting',
  description:
    'With a verified e-mail address. The name, headline and location of the profile are kept as they are now. ' +
    'One application per posting; after withdrawing it, another one may follow.',
  access: 'user',
  status: 201,
  input: {
    postingId: id,
    coverLetter: text(10_000).optional(),
    answers: z.array(ScreeningAnswer).max(20).default([]),
    considerForOthers: z
      .boolean()
      .default(false)
      .describe('Consent to be considered for other postings of the company'),
  },
  output: MyApplication,
  faults: [
    faults.notFound,
    jobsFaults.emailNotVerified,
    jobsFaults.postingNotOpen,
    jobsFaults.alreadyApplied,
  ],
  checks: [oneAnswerEach],
  rateLimit: { max: 60, windowSeconds: 3600 },
})

export const listMyApplications = operation({
  method: 'GET',
  path: '/api/v1/jobs/applications',
  summary: 'My applications, newest first',
  access: 'user',
  input: { ...paging },
  output: page(MyApplicationSummary).meta({ id: 'MyApplicationPage' }),
})

export const getMyApplication = operation({
  method: 'GET',
  path: '/api/v1/jobs/applications/{applicationId}',
  summary: 'My application and its status',
  access: 'user',
  input: { applicationId: id },
  output: MyApplication,
  faults: [faults.notFound],
})

export const withdrawApplication = operation({
  method: 'POST',
  path: '/api/v1/jobs/applications/{applicationId}/withdraw',
  summary: 'Withdraw my application',
  access: 'user',
  input: { applicationId: id },
  output: MyApplication,
  faults: [faults.notFound, jobsFaults.transitionNotAllowed],
})

export const listApplications = operation({
  method: 'GET',
  path: '/api/v1/jobs/postings/{postingId}/applications',
  summary: "A posting's applications, newest first, with the number in each stage",
  description: 'For members of the company.',
  access: 'user',
  input: { postingId: id, stage: Stage.optional(), ...paging },
  output: page(ApplicationSummary).extend({ counts: StageCounts }).meta({ id: 'ApplicationPage' }),
  faults: [faults.notFound],
})

export const reviewApplication = operation({
  method: 'GET',
  path: '/api/v1/jobs/companies/{companyId}/applications/{applicationId}',
  summary: 'One application, as members of the company see it',
  access: 'user',
  input: { companyId: id, applicationId: id },
  output: ApplicationDetail,
  faults: [faults.notFound],
})

export const advanceApplication = operation({
  method: 'POST',
  path: '/api/v1/jobs/applications/{applicationId}/advance',
  summary: 'Move an application on to a later stage',
  access: 'user',
  input: { applicationId: id, fromStage, toStage: z.enum(['screening', 'interview', 'offer']) },
  output: ApplicationDetail,
  faults: deciding,
})

export const rejectApplication = operation({
  method: 'POST',
  path: '/api/v1/jobs/applications/{applicationId}/reject',
  summary: 'Reject an application',
  access: 'user',
  input: {
    applicationId: id,
    fromStage,
    reason: RejectionReason.describe('For the company; the candidate is not told'),
    message: text(5_000).optional().describe('For the candidate'),
  },
  output: ApplicationDetail,
  faults: deciding,
})

export const hireApplication = operation({
  method: 'POST',
  path: '/api/v1/jobs/applications/{applicationId}/hire',
  summary: 'Hire the candidate who has an offer',
  access: 'user',
  input: { applicationId: id },
  output: ApplicationDetail,
  faults: deciding,
})

export const addApplicationNote = operation({
  method: 'POST',
  path: '/api/v1/jobs/applications/{applicationId}/notes',
  summary: "Add a note that only the company's recruiters see",
  access: 'user',
  status: 201,
  input: { applicationId: id, text: text(5_000) },
  output: ApplicationNote,
  faults: [faults.notFound, faults.forbidden],
})

export const listApplicationNotes = operation({
  method: 'GET',
  path: '/api/v1/jobs/applications/{applicationId}/notes',
  summary: "The recruiters' notes, newest first",
  access: 'user',
  input: { applicationId: id, ...paging },
  output: page(ApplicationNote).meta({ id: 'ApplicationNotePage' }),
  faults: [faults.notFound, faults.forbidden],
})

export const getApplication = operation({
  method: 'GET',
  path: '/internal/v1/jobs/applications/{applicationId}',
  summary: 'An application for other modules',
  access: 'internal',
  input: { applicationId: id },
  output: ApplicationReference,
  faults: [faults.notFound],
})
