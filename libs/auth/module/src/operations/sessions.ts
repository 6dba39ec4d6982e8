import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { AuthReads } from '../data/reads.ts'
import { revokeSession, revokeSessions } from '../data/sessions.ts'
import { deviceName } from '../domain/device.ts'
import { MAX_SESSIONS } from '../domain/lifetimes.ts'
import type { Handle } from './handler.ts'

export function signOut(database: Database): Handle<'signOut'> {
  return async (_input, { actor }) => {
    await revokeSession(database, actor.id, actor.sessionId, 'signed-out', new Date())
  }
}

export function listSessions(reads: AuthReads): Handle<'listSessions'> {
  return async (_input, { actor }) => {
    const sessions = await reads.sessions(actor.id, new Date(), MAX_SESSIONS)
    return {
      items: sessions.map((session) => ({
        id: session.id,
        current: session.id === actor.sessionId,
        device: deviceName(session.userAgent),
        ...(session.address !== null && { address: session.address }),
        createdAt: session.createdAt.toISOString(),
        lastSeenAt: session.lastSeenAt.toISOString(),
      })),
    }
  }
}

export function revokeOneSession(database: Database): Handle<'revokeSession'> {
  return async ({ sessionId }, { actor }) => {
    const revoked = await database.transaction((tx) =>
      revokeSession(tx, actor.id, sessionId, 'revoked', new Date()),
    )
    if (!revoked) throw new Fault(faults.notFound)
  }
}

export function revokeOtherSessions(database: Database): Handle<'revokeOtherSessions'> {
  return (_input, { actor }) => revokeSessions(database, actor.id, 'revoked', new Date(), actor.sessionId)
}
