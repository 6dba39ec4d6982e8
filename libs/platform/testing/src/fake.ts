import { internalContents } from '@cenopie/platform-contract'
import type { Client, Contract } from '@cenopie/platform-contract'

/** A domain that the module under test calls. Any method the test did not give dies by its name. */
export function fake<C extends Contract>(contract: C, given: Partial<Client<C>> = {}): Client<C> {
  const keys = [...Object.keys(contract.operations), ...internalContents(contract).map(([key]) => key)]
  const methods = keys.map((key) => [
    key,
    given[key as keyof Client<C>] ??
      (() => Promise.reject(new Error(`the test gave no ${contract.name}.${key}`))),
  ])
  return Object.fromEntries(methods) as Client<C>
}
