import type { Client, Contract } from '@cenopie/platform-contract'
import { HandlerCall } from './call.ts'
import type { Method } from './client.ts'
import { compile } from './compile.ts'
import { copyAny, detour } from './copy.ts'
import { carryOut, withinDeadline } from './invoke.ts'
import type { Bound } from './invoke.ts'

/** Binds a contract to handlers of this process: validates, copies and trims exactly as the remote binding does. */
export function local<C extends Contract>(bounds: readonly Bound[]): Client<C> {
  return Object.fromEntries(bounds.map((bound) => [bound.key, methodOf(bound)])) as unknown as Client<C>
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
