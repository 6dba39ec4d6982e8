import { Fault, anonymous, faults } from '@cenopie/platform-contract'
import type { Access, Actor, UserActor } from '@cenopie/platform-contract'
import type { FastifyRequest } from 'fastify'

/** Whom an access token names. */
export type VerifyUser = (token: string) => UserActor | Promise<UserActor>

/** Who is calling from outside. A bad token is refused even where none is needed. */
export function identify(user: VerifyUser, access: Access, request: FastifyRequest): Actor | Promise<Actor> {
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
