import type { interviewsContract } from '@cenopie/interviews-contract'
import type { Content } from '@cenopie/platform-contract'
import type { StreamHandlers } from '@cenopie/platform-runtime'
import { makePdf } from '../documents/make-pdf.ts'
import { biasAuditCsv } from '../domain/bias-audit-csv.ts'
import type { Audit } from './bias-audit.ts'
import type { Export } from './export.ts'
import { madeNow } from './made-now.ts'

export function downloads(
  take: Export,
  audit: Audit,
): Pick<StreamHandlers<typeof interviewsContract>, 'exportInterviewPdf' | 'exportBiasAuditCsv'> {
  return {
    async exportInterviewPdf({ interviewId }, call) {
      const pdf = await makePdf(await take(interviewId, 'pdf', call), call.signal)
      return download(pdf, 'application/pdf', `interview-${interviewId}.pdf`)
    },
    async exportBiasAuditCsv(input, { actor }) {
      const csv = Buffer.from(biasAuditCsv(await audit(input, actor)))
      return download(csv, 'text/csv; charset=utf-8', `bias-audit-${input.from}-${input.to}.csv`)
    },
  }
}

/** To be saved. */
function download(bytes: Buffer, mediaType: string, filename: string): Content {
  return { ...madeNow(bytes, mediaType), disposition: { type: 'attachment', filename } }
}
