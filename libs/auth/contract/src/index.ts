import { defineContract } from '@cenopie/platform-contract'
import { accountOperations, keyOperations } from './accounts.ts'
import { companyOperations } from './companies.ts'
import { authEvents } from './events.ts'
import { internalOperations } from './internal.ts'
import { pageOperations } from './pages.ts'
import { sessionOperations } from './sessions.ts'

export const authContract = defineContract({
  name: 'auth',
  operations: {
    ...accountOperations,
    ...keyOperations,
    ...sessionOperations,
    ...companyOperations,
    ...pageOperations,
    ...internalOperations,
  },
  events: authEvents,
})

export * from './events.ts'
export * from './faults.ts'
export * from './types.ts'
