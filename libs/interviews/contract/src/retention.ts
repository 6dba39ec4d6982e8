import { faults, id, operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { interviewFaults } from './faults.ts'
import { statement } from './text.ts'

export const minRetentionDays = 30
export const maxRetentionDays = 1825
/** Where a company has said nothing: a bias audit may look one year back (6 RCNY §5-301). */
export const defaultRetentionDays = 365

const days = z.int().min(minRetentionDays).max(maxRetentionDays)

export const retention = z
  .object({
    companyId: id,
    days: days.describe(
      'From the decision; without one, from the end of the interview, or a year after it was submitted.',
    ),
    history: z
      .array(z.object({ days, setBy: id, at: timestamp }))
      .max(100)
      .describe('Newest first; empty: the default is in force.'),
  })
  .meta({ id: 'InterviewRetention' })

/** What an erasure removed, in counts: proof that holds nothing personal. */
export const erasureCounts = z
  .object({
    answers: z.int().min(0),
    scores: z.int().min(0),
    scorecards: z.int().min(0),
    humanReviews: z.int().min(0),
    selfIdentifications: z.int().min(0),
    recordings: z.int().min(0).describe('Asked of the media domain, which gives a receipt of its own.'),
    trailEntries: z.int().min(0).describe('Entries of the trail that a name or free text was taken from.'),
  })
  .meta({ id: 'InterviewErasureCounts' })

/** Why something is erased. */
export const erasureCause = z.enum(['retention', 'candidate', 'company', 'account'])

/** A service outside that was sent answers. What it has is not ours to delete, so the receipt says what is known. */
export const providerNotice = z
  .object({
    role: z.enum(['analyst', 'transcriber']),
    name: z.string(),
    model: z.string(),
    askedNotToStore: z
      .boolean()
      .describe('With each request, as it is configured now. What is not stored cannot be deleted either.'),
    retention: z.string().describe('What it keeps all the same, in the operator’s words; empty: not known.'),
  })
  .meta({ id: 'InterviewProviderNotice' })

export const erasureReceipt = z
  .object({
    receiptId: id,
    interviewId: id,
    erasedAt: timestamp,
    cause: erasureCause,
    counts: erasureCounts,
    providers: z.array(providerNotice).max(100).describe('None when nothing left this platform.'),
  })
  .meta({ id: 'InterviewErasureReceipt' })

const kept =
  'What remains tells that an interview took place, when, by which versions, and how it was decided.'

export const retentionOperations = {
  getRetention: operation({
    method: 'GET',
    path: '/api/v1/interviews/retention',
    summary: 'Read how long a company keeps interviews',
    access: 'user',
    input: { companyId: id },
    output: retention,
    faults: [faults.notFound],
  }),
  setRetention: operation({
    method: 'PUT',
    path: '/api/v1/interviews/retention',
    summary: 'Set how long a company keeps interviews',
    description: 'Owners and admins. A shorter time erases what is overdue by it within the hour.',
    access: 'user',
    input: { companyId: id, days },
    output: retention,
    faults: [faults.notFound, faults.forbidden],
  }),
  eraseMyInterview: operation({
    method: 'POST',
    path: '/api/v1/interviews/mine/{interviewId}/erasure',
    summary: 'Erase your interview',
    description: `${kept} One that is not decided yet is cancelled.`,
    access: 'user',
    input: { interviewId: id },
    output: erasureReceipt,
    faults: [faults.notFound],
  }),
  eraseInterview: operation({
    method: 'POST',
    path: '/api/v1/interviews/{interviewId}/erasure',
    summary: 'Erase an interview on behalf of its candidate',
    description:
      `Owners and admins. ${kept} One that is not decided yet is cancelled. One whose candidate waits for a human ` +
      'review is erased by the candidate alone.',
    access: 'user',
    input: { interviewId: id, reason: statement(500).describe('Stays in the trail: names nobody.') },
    output: erasureReceipt,
    faults: [faults.notFound, faults.forbidden, interviewFaults.erased],
  }),
}

export type Retention = z.output<typeof retention>
export type ErasureCounts = z.output<typeof erasureCounts>
export type ErasureCause = z.output<typeof erasureCause>
export type ProviderNotice = z.output<typeof providerNotice>
export type ErasureReceipt = z.output<typeof erasureReceipt>
