import { Fault, anonymous, faults } from '@cenopie/platform-contract'
import type { Access, Actor, UserActor } from '@cenopie/platform-contract'
import type { FastifyRequest } from 'fastify'
import { internalHeader } from '../connect.ts'
import type { InternalTokens } from '../identity/internal-token.ts'

export interface Identity {
  user: (token: string) => UserActor | Promise<UserActor>
  internal: InternalTokens
}

/** Who is calling an operation of `module`. A bad token is refused even where none is needed. */
export function identify(
  identity: Identity,
  module: string,
  access: Access,
  request: FastifyRequest,
): Actor | Promise<Actor> {
  const internal = request.headers[internalHeader]
  if (typeof internal === 'string') return identity.internal.verify(internal, module)
  if (access === 'internal') throw new Fault(faults.notFound)
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1]
    if (token === undefined)
      throw new Fault(faults.unauthenticated, { detail: 'Expected "Authorization: Bearer …".' })
    return identity.user(token)
  }
  if (access === 'user') throw new Fault(faults.unauthenticated)
  return anonymous
}
