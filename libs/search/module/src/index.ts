import { jobsContract } from '@cenopie/jobs-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { searchContract } from '@cenopie/search-contract'
import { usersContract } from '@cenopie/users-contract'
import { statistics } from './data/statistics.ts'
import { searchPeople } from './operations/search-people.ts'
import { searchPostings } from './operations/search-postings.ts'
import { suggest } from './operations/suggest.ts'
import { upkeepOperations } from './operations/upkeep.ts'
import { peopleReactions } from './reactions/people.ts'
import { postingReactions } from './reactions/postings.ts'
import { comparisonHandler } from './tasks/check-drift.ts'
import { countHandler } from './tasks/count-terms.ts'
import { rebuildHandler, startMissing } from './tasks/rebuild.ts'
import { schedules } from './tasks/schedules.ts'
import { ownCall } from './tasks/own-call.ts'

/** Finding postings and people, in an index fed by the events of the domains that own them. */
export const search = defineModule({
  contract: searchContract,
  requires: { jobs: jobsContract, users: usersContract },
  extensions: ['pg_trgm'],
  prisma: new URL('../prisma/', import.meta.url),
  start({ database, outbox, requires }) {
    const statisticsOf = statistics(database)
    return {
      operations: {
        searchPostings: searchPostings(database, statisticsOf),
        searchPeople: searchPeople(database, statisticsOf),
        suggest: suggest(database),
        ...upkeepOperations(database, outbox),
      },
      on: [...postingReactions, ...peopleReactions],
      tasks: [
        rebuildHandler(database, outbox, requires),
        comparisonHandler(database, requires),
        countHandler(database),
      ],
      schedules: schedules(database, outbox),
      // An index that a platform with postings and people does not have yet fills itself, in the background.
      prepare: () => startMissing(database, outbox, ownCall()),
    }
  },
})
