import type { AnyOperation, CallContext, Client, Contract } from '@cenopie/platform-contract'
import { apart } from '@cenopie/platform-database'
import { callsTotal } from '@cenopie/platform-telemetry'

/** One operation of a domain as its callers see it. */
export type Method = (input: Record<string, unknown>, call: CallContext) => Promise<unknown>

/** A client with one method for each operation of the contract. */
export function clientOf<C extends Contract>(
  contract: C,
  methodOf: (key: string, operation: AnyOperation) => Method,
): Client<C> {
  const methods = Object.entries(contract.operations).map(([key, operation]) => [
    key,
    methodOf(key, operation),
  ])
  return Object.fromEntries(methods) as Client<C>
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
