import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import { eraseAnalysis, setStatus } from '../data/analysis.ts'
import { record } from '../data/audit.ts'
import { recordConsent } from '../data/candidate-answers.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { consentText, mayAnalyse, nextConsent, type ConsentDecision } from '../domain/consent.ts'
import { isOneOf, requireOpen, reviewable } from '../domain/lifecycle.ts'
import { candidateOf, lockLinked } from './link-access.ts'
import type { Operations } from './types.ts'

export function consentOperations(database: Database): Operations<'decideConsent'> {
  return {
    async decideConsent({ token, decision, version }) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        const state = nextConsent(interview.consent, decision)
        if (!state) throw new Fault(interviewFaults.consentFinal)
        if (state === interview.consent)
          return answer(state, interview.consentVersion, interview.consentAt ?? now)
        // Withdrawing is possible for as long as the link lives; anything else while the interview is open.
        const withdrawal = mayAnalyse(interview.consent)
        if (!withdrawal) {
          requireOpen(interview, now)
          if (version !== consentText.version) throw new Fault(interviewFaults.consentOutdated)
        }
        const textVersion = withdrawal
          ? (interview.consentVersion ?? consentText.version)
          : consentText.version
        await applyConsent(tx, interview, state, textVersion, now)
        return answer(state, textVersion, now)
      })
    },
  }
}

/** Keeps a decision that `nextConsent` allows, and ends what a withdrawal ends. */
export async function applyConsent(
  tx: Transaction,
  interview: InterviewRow,
  state: ConsentDecision,
  version: string,
  now: Date,
): Promise<void> {
  await recordConsent(tx, interview.id, state, version, now)
  await record(tx, {
    interviewId: interview.id,
    actor: candidateOf(interview),
    action: `consent.${state}`,
    before: { state: interview.consent },
    after: { state, version },
    at: now,
  })
  if (mayAnalyse(interview.consent)) await stopAnalysis(tx, interview)
}

/** Queued work finds the consent gone; scores go too, unless they are part of a decision that has been taken. */
async function stopAnalysis(tx: Transaction, interview: InterviewRow): Promise<void> {
  if (interview.status === 'decided') return
  await eraseAnalysis(tx, interview.id)
  if (isOneOf(interview.status, reviewable)) await setStatus(tx, interview.id, 'human-review')
}

function answer(state: InterviewRow['consent'], version: string | null, at: Date) {
  return {
    state,
    version: version ?? consentText.version,
    decidedAt: at.toISOString(),
    alternativeProcess: !mayAnalyse(state),
  }
}
