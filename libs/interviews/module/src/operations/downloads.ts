import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { interviewsContract } from '@cenopie/interviews-contract'
import type { Content } from '@cenopie/platform-contract'
import type { StreamHandlers } from '@cenopie/platform-runtime'
import { makePdf } from '../documents/make-pdf.ts'
import { biasAuditCsv } from '../domain/bias-audit-csv.ts'
import type { Audit } from './bias-audit.ts'
import type { Export } from './export.ts'

export function downloads(take: Export, audit: Audit): StreamHandlers<typeof interviewsContract> {
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

/** Made for this request, and kept by nobody on the way. */
function download(bytes: Buffer, mediaType: string, filename: string): Content {
  return {
    mediaType,
    bytes: bytes.length,
    etag: createHash('sha256').update(bytes).digest('hex'),
    cacheControl: 'private, no-store',
    disposition: { type: 'attachment', filename },
    open: (range) => Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]),
  }
}
