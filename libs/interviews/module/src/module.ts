import { interviewsContract } from '@cenopie/interviews-contract'
import { jobsContract } from '@cenopie/jobs-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { createAnalyst } from './analysts/create-analyst.ts'
import { interviewsConfig } from './config.ts'
import { prismaOf } from './data/client.ts'
import { templateStore } from './data/templates.ts'
import type { Analyst } from './domain/analyst.ts'
import { answerOperations } from './operations/answers.ts'
import { assignmentOperations } from './operations/assignment.ts'
import { consentOperations } from './operations/consent.ts'
import { decideOperation } from './operations/decide.ts'
import { interviewOperations } from './operations/interviews.ts'
import { invitationOperations } from './operations/invitations.ts'
import { inviter } from './operations/invite.ts'
import { candidateOperations } from './operations/mine.ts'
import { overrideOperation } from './operations/override.ts'
import { pageOperations } from './operations/pages.ts'
import { retryOperation } from './operations/retry.ts'
import { scorecardOperations } from './operations/scorecards.ts'
import { submitOperation } from './operations/submit.ts'
import { templateOperations } from './operations/templates.ts'
import { viewLink } from './operations/view-link.ts'
import { cancelOnRejected, cancelOnWithdrawn } from './reactions/cancel-on-ended.ts'
import { inviteOnAdvanced } from './reactions/invite-on-advanced.ts'
import { analyseAnswerHandler, analyseAnswerTask } from './tasks/analyse-answer.ts'
import { remindSchedule } from './tasks/remind.ts'

/** The module; `analyst` replaces the one that the configuration names. */
export function createInterviews(options: { analyst?: Analyst } = {}) {
  return defineModule({
    contract: interviewsContract,
    requires: { jobs: jobsContract },
    config: interviewsConfig,
    prisma: new URL('../prisma/', import.meta.url),
    async start({ config, database, outbox, requires }) {
      const prisma = prismaOf(database)
      const templates = templateStore(prisma)
      const invite = inviter(outbox, config)
      const analyst = options.analyst ?? (await createAnalyst(config))
      const analyseAnswer = analyseAnswerTask(config)
      const answering = {
        ...viewLink(prisma),
        ...consentOperations(database),
        ...answerOperations(database),
        ...submitOperation(database, outbox, analyseAnswer),
      }
      return {
        operations: {
          ...templateOperations(templates),
          ...assignmentOperations(database, prisma, templates, requires.jobs, invite),
          ...invitationOperations(database, outbox, config),
          ...answering,
          ...pageOperations(answering),
          ...candidateOperations(database, prisma, config),
          ...interviewOperations(prisma),
          ...retryOperation(database, outbox, analyseAnswer),
          ...overrideOperation(database),
          ...scorecardOperations(database, prisma),
          ...decideOperation(database, outbox),
        },
        tasks: [analyseAnswerHandler(analyseAnswer, database, outbox, analyst)],
        on: [inviteOnAdvanced(invite), cancelOnRejected, cancelOnWithdrawn],
        schedules: [remindSchedule(database, outbox, config)],
        close: () => prisma.$disconnect(),
      }
    },
  })
}
