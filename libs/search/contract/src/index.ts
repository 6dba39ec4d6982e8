import { defineContract } from '@cenopie/platform-contract'
import { searchPeople } from './people.ts'
import { searchPostings } from './postings.ts'
import { suggest } from './suggestions.ts'
import { checkDrift, getIndexes, reindex } from './upkeep.ts'

export * from './people.ts'
export * from './postings.ts'
export * from './result.ts'
export * from './suggestions.ts'
export * from './upkeep.ts'

/** Finding postings and people. */
export const searchContract = defineContract({
  name: 'search',
  operations: { searchPostings, searchPeople, suggest, reindex, checkDrift, getIndexes },
  events: {},
})
