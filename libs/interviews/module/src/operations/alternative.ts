import { alternativeRequested } from '@cenopie/interviews-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import {
  accommodationOf,
  alternativesOf,
  findAccommodation,
  keepAccommodation,
  noAccommodation,
  type AccommodationRow,
} from '../data/accommodations.ts'
import { record } from '../data/audit.ts'
import { markStarted } from '../data/candidate-answers.ts'
import { nextVersion } from '../data/human-reviews.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { consentText, nextConsent } from '../domain/consent.ts'
import { factsOf, invitedByOf } from '../domain/facts.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import { applyConsent } from './consent.ts'
import { candidateOf, lockLinked } from './link-access.ts'
import type { Operations } from './types.ts'

export function alternativeOperation(database: Database, outbox: Outbox): Operations<'requestAlternative'> {
  return {
    async requestAlternative({ token, kind, timeFactor, note }, call) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        requireOpen(interview, now)
        const present = (await findAccommodation(tx, interview.id)) ?? noAccommodation
        const next: AccommodationRow = {
          // What was granted stays granted, so the order of two requests does not matter.
          timeFactor: kind === 'more-time' ? Math.max(present.timeFactor, timeFactor) : present.timeFactor,
          inWriting: present.inWriting || kind === 'in-writing',
          humanProcess: present.humanProcess || kind === 'human-process',
          note: note === '' ? present.note : note,
          requestedAt: now,
        }
        await keepAccommodation(tx, interview.id, next)
        await markStarted(tx, interview.id)
        // What somebody needs is health data at times: the trail, which never shrinks, says only that they asked.
        await record(tx, {
          interviewId: interview.id,
          actor: candidateOf(interview),
          action: 'accommodation.requested',
          after: { kind },
          at: now,
        })
        if (kind === 'human-process') await endConsent(tx, interview, now)
        // Once for each kind: whoever holds the link could fill the company's mailbox otherwise.
        if (!alternativesOf(present).includes(kind)) {
          const asked = await nextVersion(tx, interview.id)
          await outbox.publish(tx, call, alternativeRequested, {
            entity: { id: asked.id, version: asked.version },
            payload: { ...factsOf(asked), ...invitedByOf(asked), kind },
          })
        }
        return accommodationOf(next)
      })
    },
  }
}

async function endConsent(tx: Transaction, interview: InterviewRow, now: Date): Promise<void> {
  const state = nextConsent(interview.consent, interview.consent === 'given' ? 'withdrawn' : 'declined')
  if (!state || state === interview.consent) return
  await applyConsent(tx, interview, state, interview.consentVersion ?? consentText.version, now)
}
