import { z } from 'zod'
import type { Actor, AnonymousActor, UserActor } from './call.ts'
import { checkDeprecation } from './deprecation.ts'
import type { Deprecation } from './deprecation.ts'
import type { FaultType, FieldError } from './fault.ts'

/** `user`: a valid token; `public`: with or without one; `internal`: other modules only, never the gateway. */
export type Access = 'public' | 'user' | 'internal'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A rule that JSON Schema cannot express. Pure; runs after the schema in both bindings. */
export interface Check<I> {
  name: string
  refuse: (input: I) => FieldError | undefined
}

/** What a page needs beyond showing itself and sending forms. All of it comes from its own origin, none from its markup. */
export interface PageNeeds {
  /** Programs and styles of its module, which call operations and play media. */
  scripts: true
  /** What those may ask the person for. */
  devices?: readonly ('camera' | 'microphone')[]
}

export interface RateLimit {
  /** Requests allowed per window, per actor or, without one, per address. */
  max: number
  windowSeconds: number
}

export interface OperationSpec<
  I extends z.ZodRawShape = z.ZodRawShape,
  O extends z.ZodType | undefined = z.ZodType | undefined,
  A extends Access = Access,
> {
  method: Method
  /** `/api/v1/<domain>/…`, or `/internal/v1/<domain>/…` for other modules only. `{name}` is an input field. */
  path: string
  summary: string
  description?: string
  access: A
  /** Fields of the input. Those named in the path come from it, the rest from query (GET, DELETE) or body. */
  input: I
  /** Left out: 204, no body. */
  output?: O
  /** Of the output. `text/html`: a page for people; the output is its text, and browsers get faults as pages too. */
  mediaType?: 'text/html'
  /** Of a page. Default: nothing; above all no script. */
  pageNeeds?: PageNeeds
  /** Success status. Default 200, or 204 without output. */
  status?: 200 | 201 | 202
  /** Faults beyond the common ones. Any other fault raised becomes `internal`. */
  faults?: readonly FaultType[]
  /** Whether a repeat with the same input leaves the same state. Default: true except POST and PATCH. */
  repeatable?: boolean
  /** The answer holds secrets: never stored for Idempotency-Key, never cached. */
  sensitive?: boolean
  checks?: readonly Check<z.output<z.ZodObject<I>>>[]
  rateLimit?: RateLimit
  /** Largest accepted body in bytes. Default: `defaultBodyLimit`. */
  bodyLimit?: number
  /** Reads the body of an HTML form too (urlencoded or multipart); its values are text. Default: JSON only. */
  forms?: boolean
  /** Another version stands beside it, at a path of its own. Answers say so in `Deprecation`, `Sunset` and `Link`. */
  deprecated?: Deprecation & { readonly successor?: AnyOperation }
}

export const defaultBodyLimit = 256 * 1024

export interface Operation<
  I extends z.ZodRawShape = z.ZodRawShape,
  O extends z.ZodType | undefined = z.ZodType | undefined,
  A extends Access = Access,
> extends Omit<OperationSpec<I, O, A>, 'input' | 'repeatable' | 'status' | 'faults'> {
  readonly input: I
  readonly inputSchema: z.ZodObject<I>
  readonly repeatable: boolean
  readonly status: 200 | 201 | 202 | 204
  readonly faults: readonly FaultType[]
}

/** Declares an operation. The input is strict: an unknown field is refused by name. */
export function operation<
  I extends z.ZodRawShape,
  A extends Access,
  O extends z.ZodType | undefined = undefined,
>(spec: OperationSpec<I, O, A>): Operation<I, O, A> {
  if (spec.deprecated) checkDeprecation(spec.path, spec.deprecated)
  return {
    ...spec,
    inputSchema: z.strictObject(spec.input) as unknown as z.ZodObject<I>,
    repeatable: spec.repeatable ?? (spec.method !== 'POST' && spec.method !== 'PATCH'),
    status: spec.output ? (spec.status ?? 200) : 204,
    faults: spec.faults ?? [],
  }
}

/** A rule for whatever input. */
export type AnyCheck = Check<any>

/** Any operation; `any` because checks make the type invariant. */
export type AnyOperation = Operation<any, any, any>

/** What a caller may pass (defaults optional). */
export type Input<Op extends AnyOperation> = z.input<Op['inputSchema']>
/** What a handler receives (defaults filled in). */
export type Received<Op extends AnyOperation> = z.output<Op['inputSchema']>
export type Output<Op extends AnyOperation> =
  Op extends Operation<infer _I, infer O, infer _A> ? (O extends z.ZodType ? z.output<O> : void) : never
export type ActorOf<Op extends AnyOperation> =
  Op extends Operation<infer _I, infer _O, infer A> ? ActorFor<A> : never
/** Whom a handler meets. */
export type ActorFor<A extends Access> = A extends 'user'
  ? UserActor
  : A extends 'public'
    ? AnonymousActor | UserActor
    : Actor
