import { minimumCell, type BiasAudit, type interviewsContract } from '@cenopie/interviews-contract'
import type { Received, UserActor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { biasSample } from '../data/bias-audit.ts'
import { administeredBy } from '../domain/access.ts'
import { biasTables } from '../domain/bias-audit.ts'
import { requireAdmin } from './authorise.ts'
import type { Operations } from './types.ts'

type Input = Received<(typeof interviewsContract)['operations']['exportBiasAudit']>
export type Audit = (input: Input, actor: UserActor) => Promise<BiasAudit>

const day = 86_400_000

export function biasAuditor(database: Database): Audit {
  return async ({ companyId, from, to }, actor) => {
    requireAdmin(actor, companyId)
    const [begin, end] = [new Date(from), new Date(Date.parse(to) + day)]
    const sample = await biasSample(database, companyId, administeredBy(actor), begin, end)
    const { groups, median, scored } = sample
    return {
      ...{ companyId, from, to },
      computedAt: new Date().toISOString(),
      rule: 'NYC Local Law 144 of 2021, 6 RCNY §5-301',
      ...(median === undefined || scored < minimumCell ? {} : { medianScore: median }),
      minimumCell,
      ...biasTables(groups),
    }
  }
}

export function biasAuditOperation(audit: Audit): Operations<'exportBiasAudit'> {
  return { exportBiasAudit: (input, { actor }) => audit(input, actor) }
}
