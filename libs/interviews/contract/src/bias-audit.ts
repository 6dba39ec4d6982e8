import { date, faults, id, operation, timestamp, type Check } from '@cenopie/platform-contract'
import { z } from 'zod'
import { ethnicity, sex } from './self-identification.ts'

/** Smaller categories than this are not told: they would say something of single people. */
export const minimumCell = 5
/** Share of the data below which a category may be left out of the impact ratios (6 RCNY §5-301(d)). */
export const smallCategoryShare = 0.02

const rate = z.number().min(0).max(1)

/** `suppressed`: too few people or scores to tell anything, or few others would follow from it. `excluded`: below 2 % of the data, so without impact ratios. */
export const biasAuditRow = z
  .object({
    sex: sex.optional(),
    ethnicity: ethnicity.optional(),
    note: z.enum(['suppressed', 'excluded']).optional(),
    applicants: z.int().min(0).optional().describe('Interviews decided in the period.'),
    selected: z.int().min(0).optional().describe('Of them advanced.'),
    selectionRate: rate.optional(),
    selectionImpactRatio: rate.optional().describe('Selection rate ÷ the highest of its table.'),
    scored: z.int().min(0).optional().describe('Of them scored by the analyst.'),
    aboveMedian: z.int().min(0).optional(),
    scoringRate: rate.optional().describe('aboveMedian ÷ scored.'),
    scoringImpactRatio: rate.optional().describe('Scoring rate ÷ the highest of its table.'),
  })
  .meta({ id: 'BiasAuditRow' })

const table = z.array(biasAuditRow).max(100)

/**
 * The calculations of New York City's Local Law 144 of 2021 (Administrative Code §20-870 ff.) as its rules define
 * them in 6 RCNY §5-300 and §5-301: selection rates and impact ratios, scoring rates against the median of the
 * sample, by sex, by race/ethnicity and intersectionally. The numbers are what an independent auditor needs; they
 * are no bias audit by themselves (§20-870 asks for an impartial one).
 */
export const biasAudit = z
  .object({
    companyId: id,
    from: date,
    to: date.describe('Inclusive.'),
    computedAt: timestamp,
    rule: z.string(),
    applicants: z.int().min(0).describe('All interviews decided in the period, not erased.'),
    unknown: z
      .object({ sex: z.int(), ethnicity: z.int(), intersectional: z.int() })
      .partial()
      .describe('Of them without the category; absent where nothing of a table is told.'),
    medianScore: z
      .number()
      .min(0)
      .max(4)
      .optional()
      .describe('Of the analyst’s overall scores in the sample.'),
    minimumCell: z.int().min(1),
    bySex: table,
    byEthnicity: table,
    intersectional: table,
  })
  .meta({ id: 'BiasAudit' })

export const biasAuditInput = { companyId: id, from: date, to: date }
const day = 86_400_000
export const biasAuditPeriod: Check<{ from: string; to: string }> = {
  name: 'period',
  refuse({ from, to }) {
    const days = (Date.parse(to) - Date.parse(from)) / day
    if (days < 0) return { field: 'to', message: 'is before the beginning' }
    return days > 1827 ? { field: 'to', message: 'is more than five years after the beginning' } : undefined
  },
}

export const biasAuditDescription =
  'Owners and admins. By voluntarily given categories, after NYC Local Law 144 (6 RCNY §5-301). Categories of fewer ' +
  `than ${minimumCell} people or scores are suppressed, with what they could be computed from.`

export const biasAuditOperations = {
  exportBiasAudit: operation({
    method: 'GET',
    path: '/api/v1/interviews/bias-audit',
    summary: 'Selection and scoring rates and impact ratios of a company, as JSON',
    description: biasAuditDescription,
    access: 'user',
    input: biasAuditInput,
    output: biasAudit,
    checks: [biasAuditPeriod],
    faults: [faults.notFound, faults.forbidden],
    rateLimit: { max: 30, windowSeconds: 60 },
  }),
}

export type BiasAudit = z.output<typeof biasAudit>
export type BiasAuditRow = z.output<typeof biasAuditRow>
