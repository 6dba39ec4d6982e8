import type { CallContext, Client, Contract } from '@cenopie/platform-contract'
import { HandlerCall } from './call.ts'
import { compile } from './compile.ts'
import { invoke, withinDeadline } from './invoke.ts'
import type { Bound } from './invoke.ts'

/** Binds a contract to handlers of this process: validates, copies and trims exactly as the remote binding does. */
export function local<C extends Contract>(bounds: readonly Bound[]): Client<C> {
  const entries = bounds.map((bound) => {
    const compiled = compile(bound.operation, 'json')
    const method = async (input: unknown, call: CallContext) => {
      const answer = await withinDeadline(call, async () => {
        const received = compiled.validate(JSON.parse(JSON.stringify(input)))
        return invoke(bound, compiled, received, new HandlerCall(call, bound.log))
      })
      return answer === undefined || bound.operation.mediaType ? answer : JSON.parse(answer)
    }
    return [bound.key, method] as const
  })
  return Object.fromEntries(entries) as Client<C>
}
