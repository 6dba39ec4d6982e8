import { authFaults } from '@cenopie/auth-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { isGenuine, readRefreshToken } from '../crypto/refresh-token.ts'
import { tokenSubject } from '../data/memberships.ts'
import { lockSession, revokeSession, rotateSession } from '../data/sessions.ts'
import { judgeRefresh, sessionExpiry } from '../domain/refresh.ts'
import type { IssueTokens } from '../tokens/issue.ts'
import type { Handle } from './handler.ts'

export function refresh(database: Database, issue: IssueTokens, refreshKey: Buffer): Handle<'refresh'> {
  return async (input, call) => {
    const presented = readRefreshToken(input.refreshToken)
    if (!presented) throw new Fault(authFaults.sessionEnded)
    const now = new Date()

    const outcome = await database.transaction(async (tx) => {
      const session = await lockSession(tx, presented.sessionId)
      // Only a genuine token may end a session: ids of sessions are in access tokens and no secret.
      if (!session || !isGenuine(refreshKey, session.seed, presented)) return 'ended'
      const verdict = judgeRefresh(presented.generation, session, now)
      if (verdict === 'ended') return verdict
      if (verdict === 'reuse') {
        await revokeSession(tx, session.userId, session.id, 'reused', now)
        return verdict
      }
      const subject = await tokenSubject(tx, session.userId)
      if (!subject) return 'ended'
      if (verdict === 'repeat') return { subject, session }
      const expiresAt = sessionExpiry(session.createdAt, now)
      await rotateSession(tx, session.id, now, expiresAt)
      return { subject, session: { ...session, generation: session.generation + 1, expiresAt } }
    })

    if (outcome === 'reuse')
      call.log.warn({ sessionId: presented.sessionId }, 'a used refresh token came back')
    if (typeof outcome === 'string') throw new Fault(authFaults.sessionEnded)
    return issue(outcome.subject, outcome.session, now)
  }
}
