import { internalContents } from '@cenopie/platform-contract'
import type { AnyContent, AnyOperation, CallContext, Client, Contract } from '@cenopie/platform-contract'
import { apart } from '@cenopie/platform-database'
import { callsTotal } from '@cenopie/platform-telemetry'

/** One operation of a domain as its callers see it. */
export type Method = (input: Record<string, unknown>, call: CallContext) => Promise<unknown>

/** What a caller of a domain can call: operations, and contents that are for modules. */
export type Callable = AnyOperation | AnyContent

/** A client with one method for each operation of the contract, and for each content that is for modules. */
export function clientOf<C extends Contract>(
  contract: C,
  methodOf: (key: string, callable: Callable) => Method,
): Client<C> {
  const callables: [string, Callable][] = [
    ...Object.entries(contract.operations),
    ...internalContents(contract),
  ]
  return Object.fromEntries(
    callables.map(([key, callable]) => [key, methodOf(key, callable)]),
  ) as unknown as Client<C>
}

/**
 * Counts the calls that a module makes, wherever the domain it calls runs. What the caller has written is committed
 * before, and what the called one writes is no part of the caller's answer.
 */
export function observed<C extends Contract>(contract: C, client: Client<C>, caller: string): Client<C> {
  return clientOf(contract, (key) => {
    const calls = callsTotal.labels({ caller, callee: contract.name, operation: key })
    return (input, call) => {
      calls.inc()
      return apart(() => (client[key] as Method)(input, call))
    }
  })
}
