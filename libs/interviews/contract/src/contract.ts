import { defineContract } from '@cenopie/platform-contract'
import { biasAuditOperations } from './bias-audit.ts'
import { candidateOperations } from './candidate-operations.ts'
import { comparisonOperations } from './comparison.ts'
import { deviceCheckOperations } from './device-check.ts'
import { downloads } from './downloads.ts'
import { interviewsEvents } from './events.ts'
import { exportOperations } from './export.ts'
import { humanReviewOperations } from './human-review.ts'
import { myDataOperations } from './my-data.ts'
import { pageAssets, pageOperations } from './page-operations.ts'
import { recordingOperations } from './recording-operations.ts'
import { retentionOperations } from './retention.ts'
import { reviewOperations } from './review-operations.ts'
import { selfIdentificationOperations } from './self-identification.ts'
import { templateOperations } from './template-operations.ts'

export const interviewsContract = defineContract({
  name: 'interviews',
  operations: {
    ...templateOperations,
    ...candidateOperations,
    ...pageOperations,
    ...recordingOperations,
    ...deviceCheckOperations,
    ...selfIdentificationOperations,
    ...reviewOperations,
    ...comparisonOperations,
    ...exportOperations,
    ...biasAuditOperations,
    ...myDataOperations,
    ...humanReviewOperations,
    ...retentionOperations,
  },
  streams: { ...downloads, ...pageAssets },
  events: interviewsEvents,
})
