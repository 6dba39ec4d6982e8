import type { CallContext } from './call.ts'
import { versionKey } from './event.ts'
import type { EventType } from './event.ts'
import type { AnyOperation, Input, Output } from './operation.ts'
import { travelsInQuery } from './query.ts'

/** Everything one domain shows to others. */
export interface Contract {
  /** The domain: schema, role, path segment and event prefix. */
  readonly name: string
  readonly operations: Record<string, AnyOperation>
  readonly events: Record<string, EventType>
}

/** A domain as its callers see it, wherever it runs. */
export type Client<C extends Contract> = {
  [K in keyof C['operations']]: (
    input: Input<C['operations'][K]>,
    call: CallContext,
  ) => Promise<Output<C['operations'][K]>>
}

/**
 * Declares a contract and checks that its names and paths carry the domain's name, and that what travels in a query
 * can.
 */
export function defineContract<const C extends Contract>(contract: C): C {
  const path = new RegExp(`^/(api|internal)/v\\d+/${contract.name}(/|$)`)
  for (const [key, operation] of Object.entries(contract.operations)) {
    if (!path.test(operation.path))
      throw new Error(`${contract.name}.${key}: path ${operation.path} is not its own`)
    if (operation.path.startsWith('/internal/') !== (operation.access === 'internal')) {
      throw new Error(`${contract.name}.${key}: internal operations live under /internal, and only they do`)
    }
    for (const field of queryFields(operation)) {
      if (!travelsInQuery(operation.input[field])) {
        throw new Error(
          `${contract.name}.${key}: ${field} cannot travel in the query of a ${operation.method}`,
        )
      }
    }
  }
  const events = new Set<string>()
  for (const event of Object.values(contract.events)) {
    if (!event.name.startsWith(`${contract.name}.`))
      throw new Error(`${event.name} is not of ${contract.name}`)
    if (events.has(versionKey(event))) throw new Error(`${versionKey(event)} is declared twice`)
    events.add(versionKey(event))
  }
  return contract
}

function queryFields({ method, path, input }: AnyOperation): string[] {
  if (method !== 'GET' && method !== 'DELETE') return []
  return Object.keys(input).filter((field) => !path.includes(`{${field}}`))
}
