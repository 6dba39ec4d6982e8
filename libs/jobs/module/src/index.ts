import { authContract } from '@cenopie/auth-contract'
import { jobsContract } from '@cenopie/jobs-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { usersContract } from '@cenopie/users-contract'
import { z } from 'zod'
import { openPrisma } from './data/prisma.ts'
import { advanceApplication } from './operations/advance-application.ts'
import { apply } from './operations/apply.ts'
import { closePosting } from './operations/close-posting.ts'
import { getCompanyPosting, listCompanyPostings } from './operations/company-postings.ts'
import { createPosting } from './operations/create-posting.ts'
import { decide } from './operations/decide.ts'
import { editPosting } from './operations/edit-posting.ts'
import { hireApplication } from './operations/hire-application.ts'
import { getApplication, getPosting } from './operations/internal.ts'
import { listPostings } from './operations/list-postings.ts'
import { getMyApplication, listMyApplications } from './operations/my-applications.ts'
import { addApplicationNote, listApplicationNotes } from './operations/notes.ts'
import { publishPosting } from './operations/publish-posting.ts'
import { rejectApplication } from './operations/reject-application.ts'
import { listApplications, reviewApplication } from './operations/review-applications.ts'
import { snapshotPostings } from './operations/snapshot-postings.ts'
import { viewPosting } from './operations/view-posting.ts'
import { withdrawApplication } from './operations/withdraw-application.ts'
import { companyNames } from './reactions/company-names.ts'
import { interviewDecided } from './reactions/interview-decided.ts'
import { interviewDecisionChanged } from './reactions/interview-decision-changed.ts'
import { profileErased } from './reactions/profile-erased.ts'
import { expirePostings } from './tasks/expire-postings.ts'

const days = z.int().min(1).max(3650)

/** Postings of companies and the applications to them. */
export const jobs = defineModule({
  contract: jobsContract,
  requires: { auth: authContract, users: usersContract },
  config: z.object({
    openDays: days.default(60).describe('Days a posting stays open when its author names no date'),
    maxOpenDays: days.default(365).describe('Days a posting may stay open at most'),
  }),
  prisma: new URL('../prisma/', import.meta.url),
  start({ config, database, outbox, requires }) {
    const prisma = openPrisma(database)
    const deciding = decide(database, prisma)
    return {
      operations: {
        listPostings: listPostings(database),
        viewPosting: viewPosting(database),
        createPosting: createPosting(database, outbox, requires.auth, config.maxOpenDays),
        editPosting: editPosting(prisma, outbox, config.maxOpenDays),
        publishPosting: publishPosting(prisma, outbox, config),
        closePosting: closePosting(prisma, outbox),
        listCompanyPostings: listCompanyPostings(prisma),
        getCompanyPosting: getCompanyPosting(prisma),
        getPosting: getPosting(prisma),
        snapshotPostings: snapshotPostings(prisma),
        apply: apply(database, prisma, outbox, requires),
        listMyApplications: listMyApplications(prisma),
        getMyApplication: getMyApplication(prisma),
        withdrawApplication: withdrawApplication(prisma, outbox),
        listApplications: listApplications(prisma),
        reviewApplication: reviewApplication(prisma),
        advanceApplication: advanceApplication(deciding, outbox),
        rejectApplication: rejectApplication(deciding, outbox),
        hireApplication: hireApplication(deciding, outbox),
        addApplicationNote: addApplicationNote(database, prisma),
        listApplicationNotes: listApplicationNotes(database, prisma),
        getApplication: getApplication(database),
      },
      on: [...companyNames, interviewDecided(outbox), interviewDecisionChanged, profileErased(outbox)],
      schedules: [expirePostings(database, outbox)],
      close: () => prisma.$disconnect(),
    }
  },
})
