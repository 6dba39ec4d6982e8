import {
  faults,
  id,
  operation,
  page,
  paging,
  snapshotPage,
  snapshotPaging,
  timestamp,
} from '@cenopie/platform-contract'
import { z } from 'zod'
import { optionsFitKind, payRangeOrdered, questionIdsUnique } from './checks.ts'
import { jobsEvents } from './events.ts'
import { jobsFaults } from './faults.ts'
import { JobPostingJsonLd } from './json-ld.ts'
import {
  CompanyPosting,
  CompanyPostingSummary,
  Employment,
  PayRange,
  PostingState,
  PostingSummary,
  Workplace,
  postingFields,
  questions,
} from './posting.ts'
import { text, written } from './text.ts'

const version = z.int().min(1).max(2_147_483_647)
const draft = { ...postingFields, pay: PayRange, questions, expiresAt: timestamp }

export const listPostings = operation({
  method: 'GET',
  path: '/api/v1/jobs/postings',
  summary: 'The public board',
  description: 'Published postings that have not expired, newest first. Needs no account.',
  access: 'public',
  input: {
    q: text(200).optional().describe('Words, or beginnings of words, that the posting must all contain'),
    companyId: id.optional(),
    location: text(140).optional().describe('Part of the location, upper or lower case'),
    workplace: Workplace.optional(),
    employment: Employment.optional(),
    ...paging,
  },
  output: page(PostingSummary).meta({ id: 'PostingPage' }),
})

export const viewPosting = operation({
  method: 'GET',
  path: '/api/v1/jobs/postings/{postingId}',
  summary: 'One posting, as anybody sees it',
  description:
    'Also answers for a posting that has expired or was closed, so that kept links explain themselves; ' +
    '`jsonLd` is there only while the posting is open.',
  access: 'public',
  input: { postingId: id },
  output: PostingSummary.extend({
    description: written(20_000),
    questions,
    state: PostingState.exclude(['draft']),
    jsonLd: JobPostingJsonLd.optional(),
  }).meta({ id: 'PostingDetail' }),
  faults: [faults.notFound],
})

export const createPosting = operation({
  method: 'POST',
  path: '/api/v1/jobs/postings',
  summary: 'Draft a posting for a company',
  access: 'user',
  status: 201,
  input: {
    companyId: id,
    ...draft,
    location: draft.location.meta({ examples: ['Berlin, Germany'] }),
    title: draft.title.meta({ examples: ['Backend engineer'] }),
    skills: draft.skills.default([]),
    questions: draft.questions.default([]),
    pay: PayRange.optional(),
    expiresAt: timestamp.optional().describe('Left out: decided when it is published'),
  },
  output: CompanyPosting,
  faults: [faults.notFound, faults.forbidden],
  checks: [payRangeOrdered, questionIdsUnique, optionsFitKind],
})

export const editPosting = operation({
  method: 'PATCH',
  path: '/api/v1/jobs/postings/{postingId}',
  summary: 'Change a draft or a published posting',
  description: 'Fields left out stay as they are. Refused when `version` is not the current one.',
  access: 'user',
  input: {
    postingId: id,
    version,
    title: draft.title.optional(),
    description: draft.description.optional(),
    location: draft.location.optional(),
    workplace: draft.workplace.optional(),
    employment: draft.employment.optional(),
    skills: draft.skills.optional(),
    questions: draft.questions.optional(),
    pay: PayRange.nullable().optional().describe('null removes it'),
    expiresAt: timestamp.optional(),
  },
  output: CompanyPosting,
  faults: [faults.notFound, faults.forbidden, jobsFaults.versionConflict, jobsFaults.postingState],
  checks: [payRangeOrdered, questionIdsUnique, optionsFitKind],
})

export const publishPosting = operation({
  method: 'POST',
  path: '/api/v1/jobs/postings/{postingId}/publish',
  summary: 'Publish a draft, or a closed or expired posting anew',
  access: 'user',
  input: {
    postingId: id,
    expiresAt: timestamp
      .optional()
      .describe('Left out: the date already set if it is ahead, else the usual number of days from now'),
  },
  output: CompanyPosting,
  faults: [faults.notFound, faults.forbidden, jobsFaults.postingState],
})

export const closePosting = operation({
  method: 'POST',
  path: '/api/v1/jobs/postings/{postingId}/close',
  summary: 'Take a published posting off the board',
  access: 'user',
  input: { postingId: id },
  output: CompanyPosting,
  faults: [faults.notFound, faults.forbidden, jobsFaults.postingState],
})

export const listCompanyPostings = operation({
  method: 'GET',
  path: '/api/v1/jobs/companies/{companyId}/postings',
  summary: "The company's own postings, drafts included",
  description: 'Newest first. For members of the company.',
  access: 'user',
  input: { companyId: id, state: PostingState.optional(), ...paging },
  output: page(CompanyPostingSummary).meta({ id: 'CompanyPostingPage' }),
  faults: [faults.notFound],
})

export const getCompanyPosting = operation({
  method: 'GET',
  path: '/api/v1/jobs/companies/{companyId}/postings/{postingId}',
  summary: 'One posting of the company, as its members see it',
  access: 'user',
  input: { companyId: id, postingId: id },
  output: CompanyPosting,
  faults: [faults.notFound],
})

export const getPosting = operation({
  method: 'GET',
  path: '/internal/v1/jobs/postings/{postingId}',
  summary: 'A posting for other modules, whatever its state',
  access: 'internal',
  input: { postingId: id },
  output: CompanyPosting,
  faults: [faults.notFound],
})

export const snapshotPostings = operation({
  method: 'GET',
  path: '/internal/v1/jobs/snapshots/postings',
  summary: 'Every open posting, as `jobs.posting-published` would tell of it now',
  description: 'Published and not expired.',
  access: 'internal',
  input: snapshotPaging,
  output: snapshotPage(jobsEvents.postingPublished),
})
