import { interviewsContract } from '@cenopie/interviews-contract'
import { jobsContract } from '@cenopie/jobs-contract'
import { mediaContract } from '@cenopie/media-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { accountability } from './accountability.ts'
import { createAnalyst } from './analysts/create-analyst.ts'
import { interviewsConfig } from './config.ts'
import { prismaOf } from './data/client.ts'
import { templateStore } from './data/templates.ts'
import { deviceChecks } from './device-checks.ts'
import type { Analyst } from './domain/analyst.ts'
import type { Transcriber } from './domain/transcriber.ts'
import { alternativeOperation } from './operations/alternative.ts'
import { answerOperations } from './operations/answers.ts'
import { assignmentOperations } from './operations/assignment.ts'
import { consentOperations } from './operations/consent.ts'
import { decideOperation } from './operations/decide.ts'
import { interviewOperations } from './operations/interviews.ts'
import { invitationOperations } from './operations/invitations.ts'
import { inviter } from './operations/invite.ts'
import { candidateOperations } from './operations/mine.ts'
import { overrideOperation } from './operations/override.ts'
import { pageOperations, pageStreams } from './operations/pages.ts'
import { retryOperation } from './operations/retry.ts'
import { scorecardOperations } from './operations/scorecards.ts'
import { showQuestionOperation } from './operations/show-question.ts'
import { submitOperation } from './operations/submit.ts'
import { takeOperation } from './operations/takes.ts'
import { templateOperations } from './operations/templates.ts'
import { viewLink } from './operations/view-link.ts'
import { cancelOnWithdrawn, endOnHired, endOnRejected } from './reactions/application-moves.ts'
import { inviteOnAdvanced } from './reactions/invite-on-advanced.ts'
import { recordingReactions } from './reactions/recordings.ts'
import { analyseAnswerHandler, analyseAnswerTask } from './tasks/analyse-answer.ts'
import { analysisOutcome } from './tasks/analysis-outcome.ts'
import { keepRecordingsHandler } from './tasks/keep-recordings.ts'
import { measureSpeechHandler, measureSpeechTask } from './tasks/measure-speech.ts'
import { analysisPipeline } from './tasks/pipeline.ts'
import { remindSchedule } from './tasks/remind.ts'
import { speechOutcome } from './tasks/speech-outcome.ts'
import { transcribeAnswerHandler, transcribeAnswerTask } from './tasks/transcribe-answer.ts'
import { createTranscriber } from './transcribers/create-transcriber.ts'

/** The module; `analyst` and `transcriber` replace those that the configuration names. */
export function createInterviews(options: { analyst?: Analyst; transcriber?: Transcriber } = {}) {
  return defineModule({
    contract: interviewsContract,
    requires: { jobs: jobsContract, media: mediaContract },
    config: interviewsConfig,
    prisma: new URL('../prisma/', import.meta.url),
    async start({ config, database, outbox, requires }) {
      const prisma = prismaOf(database)
      const templates = templateStore(prisma)
      const invite = inviter(outbox, config)
      const analyst = options.analyst ?? (await createAnalyst(config))
      const transcriber = options.transcriber ?? (await createTranscriber(config))
      const tasks = {
        transcript: transcribeAnswerTask(config),
        measures: measureSpeechTask,
        scoring: analyseAnswerTask(config),
      }
      const pipeline = analysisPipeline(outbox, tasks)
      const outcome = analysisOutcome(outbox)
      const spoken = speechOutcome(outcome, pipeline)
      const { media } = requires
      const answering = {
        ...viewLink(prisma),
        ...consentOperations(database),
        ...answerOperations(database),
        ...submitOperation(database, outbox, media, pipeline),
        ...showQuestionOperation(database),
        ...alternativeOperation(database, outbox),
      }
      const devices = deviceChecks({ database, outbox, media, config })
      const accountable = accountability({ database, prisma, outbox, media, config })
      return {
        operations: {
          ...templateOperations(templates),
          ...assignmentOperations(database, prisma, templates, requires.jobs, invite),
          ...invitationOperations(database, outbox, config),
          ...answering,
          ...takeOperation(database, media),
          ...devices.operations,
          ...pageOperations({ ...answering, ...accountable.operations }),
          ...candidateOperations(database, prisma, config),
          ...interviewOperations(prisma, media),
          ...retryOperation(database, pipeline),
          ...overrideOperation(database),
          ...scorecardOperations(database, prisma),
          ...decideOperation(database, outbox),
          ...accountable.operations,
        },
        streams: { ...accountable.streams, ...pageStreams },
        tasks: [
          transcribeAnswerHandler(tasks.transcript, config, {
            database,
            outcome: spoken,
            media,
            transcriber,
          }),
          measureSpeechHandler(database, spoken),
          analyseAnswerHandler(tasks.scoring, database, { ...outcome, refuse: spoken.refuse }, analyst),
          keepRecordingsHandler(database, media),
          ...devices.tasks,
          ...accountable.tasks,
        ],
        on: [
          inviteOnAdvanced(invite),
          endOnRejected,
          endOnHired,
          cancelOnWithdrawn,
          ...recordingReactions(outbox, pipeline, spoken),
          ...devices.on,
          ...accountable.on,
        ],
        schedules: [remindSchedule(database, outbox, config), ...devices.schedules, ...accountable.schedules],
        close: () => prisma.$disconnect(),
      }
    },
  })
}
