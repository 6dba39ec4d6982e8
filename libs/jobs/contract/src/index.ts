import { defineContract } from '@cenopie/platform-contract'
import * as applicationOperations from './application-operations.ts'
import { jobsEvents } from './events.ts'
import * as postingOperations from './posting-operations.ts'

export * from './application.ts'
export * from './events.ts'
export * from './faults.ts'
export * from './json-ld.ts'
export * from './posting.ts'

/** Postings of companies and the applications to them. */
export const jobsContract = defineContract({
  name: 'jobs',
  operations: { ...postingOperations, ...applicationOperations },
  events: jobsEvents,
})
