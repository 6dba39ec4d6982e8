import type { Access, AnyStream, Deprecation, Method } from '@cenopie/platform-contract'
import type { JsonSchema } from '@cenopie/platform-runtime'

/** What one domain promised: the committed snapshot. Words about it (summaries, descriptions) are no promise. */
export interface Lock {
  domain: string
  operations: Record<string, LockedOperation>
  /** Left out where there are none. */
  streams?: Record<string, LockedStream>
  /** By name and version: `jobs.posting-closed`, `jobs.posting-closed@2`. */
  events: Record<string, LockedPayload>
  tasks: Record<string, LockedPayload>
  /** Named types, to which `$ref`s lead: `#/types/responses/Profile`. */
  types: Record<Pool, Record<string, JsonSchema>>
}

/** One type has three forms: closed where it is asked for, with defaults filled in where it is told, open in entries. */
export type Pool = 'requests' | 'responses' | 'payloads'

export interface LockedOperation {
  method: Method
  path: string
  access: Access
  status: number
  repeatable: boolean
  sensitive: boolean
  /** Of the body that it reads, and of its answer. */
  forms: boolean
  mediaType: string
  /** Bytes. */
  bodyLimit: number
  /** Code → status. */
  faults: Record<string, number>
  /** Names of the rules that JSON Schema cannot express. */
  checks: string[]
  deprecated?: Deprecation
  input: JsonSchema
  output?: JsonSchema
}

export interface LockedStream {
  kind: AnyStream['kind']
  path: string
  access: Access
  /** Of a protocol. */
  name?: string
  methods?: string[]
  /** Of a content. */
  mediaTypes?: string[]
  /** Code → status. */
  faults: Record<string, number>
  checks: string[]
  deprecated?: Deprecation
  input?: JsonSchema
  /** Of a feed. */
  event?: JsonSchema
}

export interface LockedPayload {
  deprecated?: Deprecation
  payload: JsonSchema
}
