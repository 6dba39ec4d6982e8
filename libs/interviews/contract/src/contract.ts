import { defineContract } from '@cenopie/platform-contract'
import { candidateOperations } from './candidate-operations.ts'
import { interviewsEvents } from './events.ts'
import { pageOperations } from './page-operations.ts'
import { reviewOperations } from './review-operations.ts'
import { templateOperations } from './template-operations.ts'

export const interviewsContract = defineContract({
  name: 'interviews',
  operations: { ...templateOperations, ...candidateOperations, ...pageOperations, ...reviewOperations },
  events: interviewsEvents,
})
