import type { CompanyPosting, PostingState, ScreeningQuestion } from '@cenopie/jobs-contract'
import { effectiveState } from '../domain/posting-state.ts'
import type { Company, Posting } from './generated/client.ts'

export type PostingRow = Posting & { company: Company }

/** A stored posting as its company sees it at `now`. */
export function companyPosting(row: PostingRow, now: Date): CompanyPosting {
  return {
    id: row.id,
    companyId: row.companyId,
    companyName: row.company.name,
    companySlug: row.company.slug,
    title: row.title,
    description: row.description,
    location: row.location,
    // The columns hold the contract's words: nothing else is ever written to them.
    workplace: row.workplace as CompanyPosting['workplace'],
    employment: row.employment as CompanyPosting['employment'],
    skills: row.skills,
    ...payOf(row),
    questions: row.questions as unknown as ScreeningQuestion[],
    state: effectiveState({ state: row.state as PostingState, expiresAt: row.expiresAt }, now),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.publishedAt && { publishedAt: row.publishedAt.toISOString() }),
    ...(row.expiresAt && { expiresAt: row.expiresAt.toISOString() }),
    ...(row.closedAt && { closedAt: row.closedAt.toISOString() }),
  }
}

function payOf({ payCurrency, payMin, payMax, payPeriod }: Posting): Pick<CompanyPosting, 'pay'> {
  if (payCurrency === null || payMin === null || payMax === null || payPeriod === null) return {}
  const period = payPeriod as NonNullable<CompanyPosting['pay']>['period']
  return { pay: { currency: payCurrency, min: payMin, max: payMax, period } }
}
