import { content, faults, id } from '@cenopie/platform-contract'
import { biasAuditDescription, biasAuditInput, biasAuditPeriod } from './bias-audit.ts'
import { exportedFor } from './export.ts'

const rare = { max: 30, windowSeconds: 60 }
const read = [faults.notFound, faults.forbidden] as const

/** Files to save, and captions to follow. */
export const downloads = {
  readCaptions: content({
    path: '/api/v1/interviews/{interviewId}/answers/{answerId}/captions.vtt',
    summary: 'Read what was understood of a spoken answer in step with its recording, as WebVTT',
    description: 'For a `<track kind="captions">`. There are none without a transcript.',
    access: 'user',
    input: { interviewId: id, answerId: id },
    mediaTypes: ['text/vtt'],
    faults: [faults.notFound],
  }),
  exportInterviewPdf: content({
    path: '/api/v1/interviews/{interviewId}/export.pdf',
    summary: 'Export one interview for the file, as PDF',
    description: exportedFor,
    access: 'user',
    input: { interviewId: id },
    mediaTypes: ['application/pdf'],
    repeatable: false,
    faults: read,
    rateLimit: rare,
  }),
  exportBiasAuditCsv: content({
    path: '/api/v1/interviews/bias-audit.csv',
    summary: 'Selection and scoring rates and impact ratios of a company, as CSV',
    description: biasAuditDescription,
    access: 'user',
    input: biasAuditInput,
    mediaTypes: ['text/csv'],
    checks: [biasAuditPeriod],
    faults: read,
    rateLimit: rare,
  }),
}
