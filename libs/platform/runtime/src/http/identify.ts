import { Fault, anonymous, faults } from '@cenopie/platform-contract'
import type { Access, Actor, UserActor } from '@cenopie/platform-contract'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { deprecationHeaders } from './deprecation.ts'
import type { Deprecated } from './deprecation.ts'

/** Whom an access token names. */
export type VerifyUser = (token: string) => UserActor | Promise<UserActor>

/** Who is calling from outside. A bad token is refused even where none is needed. */
function identify(user: VerifyUser, access: Access, request: FastifyRequest): Actor | Promise<Actor> {
  if (access === 'internal') throw new Fault(faults.notFound)
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1]
    if (token === undefined)
      throw new Fault(faults.unauthenticated, { detail: 'Expected "Authorization: Bearer …".' })
    return user(token)
  }
  if (access === 'user') throw new Fault(faults.unauthenticated)
  return anonymous
}

/** The first thing that happens to a request: who it is from, and whether what it asks for is going away. */
export function arrives(user: VerifyUser, declared: Deprecated & { access: Access }): onRequestHookHandler {
  // With callbacks: nearly every token is known already, and then nothing waits.
  return (request, reply, done) => {
    if (declared.deprecated) reply.headers(deprecationHeaders(declared, request.params))
    const known = (actor: Actor) => {
      request.actor = actor
      done()
    }
    try {
      const actor = identify(user, declared.access, request)
      if (actor instanceof Promise) actor.then(known, done)
      else known(actor)
    } catch (error) {
      done(error as Error)
    }
  }
}
