import type { z } from 'zod'
import type { CallContext } from './call.ts'
import { versionKey } from './event.ts'
import type { EventType } from './event.ts'
import type { AnyOperation, Input, Output } from './operation.ts'
import { travelsInQuery } from './query.ts'
import type { AnyContent, AnyFeed, AnyStream, Content, ContentStream } from './stream.ts'

/** Everything one domain shows to others. */
export interface Contract {
  /** The domain: schema, role, path segment and event prefix. */
  readonly name: string
  readonly operations: Record<string, AnyOperation>
  /** Never under the name of an operation. */
  readonly streams?: Record<string, AnyStream>
  readonly events: Record<string, EventType>
}

/**
 * A domain as its callers see it, wherever it runs: its operations, and the contents that are for modules. Streams that
 * are not have a type that nobody can call, since leaving them out would make clients of two contracts incomparable.
 */
export type Client<C extends Contract> = {
  [K in keyof C['operations']]: (
    input: Input<C['operations'][K]>,
    call: CallContext,
  ) => Promise<Output<C['operations'][K]>>
} & {
  [K in keyof StreamsOf<C>]: (input: InternalInput<StreamsOf<C>[K]>, call: CallContext) => Promise<Content>
}

/** A contract's streams by their names. */
export type StreamsOf<C extends Contract> = NonNullable<C['streams']>

/** The input of a content that is for modules; never of any other stream. */
type InternalInput<S> =
  S extends ContentStream<infer I, infer A>
    ? [A] extends ['internal']
      ? z.input<z.ZodObject<I>>
      : never
    : never

/** What a client has a method for besides operations. */
export function internalContents({ streams = {} }: Contract): [string, AnyContent][] {
  return Object.entries(streams).filter(
    (entry): entry is [string, AnyContent] => entry[1].kind === 'content' && entry[1].access === 'internal',
  )
}

/**
 * Declares a contract and checks that its names and paths carry the domain's name, and that what travels in a query
 * can.
 */
export function defineContract<const C extends Contract>(contract: C): C {
  for (const [key, operation] of Object.entries(contract.operations)) checkAddress(contract, key, operation)
  for (const [key, stream] of Object.entries(contract.streams ?? {})) {
    if (key in contract.operations) throw new Error(`${contract.name}.${key} is an operation and a stream`)
    checkAddress(contract, key, stream)
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

function checkAddress({ name }: Contract, key: string, declared: AnyOperation | AnyStream): void {
  const { path, access } = declared
  if (!new RegExp(`^/(api|internal)/v\\d+/${name}(/|$)`).test(path))
    throw new Error(`${name}.${key}: path ${path} is not its own`)
  if (path.startsWith('/internal/') !== (access === 'internal'))
    throw new Error(`${name}.${key}: what is internal lives under /internal, and only that does`)
  if ('kind' in declared && declared.kind === 'protocol') {
    if (path.includes('{')) throw new Error(`${name}.${key}: the path of a protocol has no fields`)
    return
  }
  for (const field of queryFields(declared)) {
    if (!travelsInQuery(declared.input[field]))
      throw new Error(`${name}.${key}: ${field} cannot travel in the query of a ${declared.method}`)
  }
}

function queryFields({ method, path, input }: AnyOperation | AnyContent | AnyFeed): string[] {
  if (method !== 'GET' && method !== 'DELETE') return []
  return Object.keys(input).filter((field) => !path.includes(`{${field}}`))
}
