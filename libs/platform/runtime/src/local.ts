import type { Client, Contract } from '@cenopie/platform-contract'
import { HandlerCall } from './call.ts'
import type { Method } from './client.ts'
import { compile } from './compile.ts'
import { contentOf, lent } from './content.ts'
import { copyAny, detour } from './copy.ts'
import { carryOut, withinDeadline } from './invoke.ts'
import type { Bound } from './invoke.ts'
import { isForModules } from './stream.ts'
import type { BoundContent, BoundStream } from './stream.ts'

/** Binds a contract to handlers of this process: validates, copies and trims exactly as the remote binding does. */
export function local<C extends Contract>(
  bounds: readonly Bound[],
  streams: readonly BoundStream[] = [],
): Client<C> {
  const methods = [
    ...bounds.map((bound) => [bound.key, methodOf(bound)]),
    ...streams.filter(isForModules).map((bound) => [bound.key, contentMethodOf(bound)]),
  ]
  return Object.fromEntries(methods) as Client<C>
}

function contentMethodOf(bound: BoundContent): Method {
  const compiled = compile(bound.stream, 'json')
  return async (input, call) => {
    const received = () => compiled.validate(copied(input))
    return lent(await contentOf(bound, received, call), call)
  }
}

function methodOf(bound: Bound): Method {
  const compiled = compile(bound.operation, 'json')
  return (input, call) =>
    withinDeadline(call, async () => {
      const received = compiled.validate(copied(input))
      return carryOut(bound, compiled.copy, received, new HandlerCall(call, bound.log))
    })
}

function copied(input: unknown): unknown {
  const copy = copyAny(input)
  return copy === detour ? JSON.parse(JSON.stringify(input)) : copy
}
