import { defaultBodyLimit, versionKey } from '@cenopie/platform-contract'
import type { AnyOperation, AnyStream, Deprecation, EventType, TaskType } from '@cenopie/platform-contract'
import { jsonSchemaOf, payloadSchemaOf, statusOf } from '@cenopie/platform-runtime'
import type { ModuleDescription } from '@cenopie/platform-runtime'
import { canonical } from './canonical.ts'
import type { Lock, LockedOperation, LockedPayload, LockedStream } from './lock.ts'

/** What a domain promises as it stands in the code. */
export type Promises = Pick<ModuleDescription, 'name' | 'provides' | 'streams' | 'publishes' | 'tasks'>

export function snapshotOf({ name, provides, streams, publishes, tasks }: Promises): Lock {
  const types: Lock['types'] = { requests: {}, responses: {}, payloads: {} }
  const operations = provides.map(({ key, operation }) => [key, locked(key, operation, types)] as const)
  const lockedStreams = streams.map(({ key, stream }) => [key, lockedStream(key, stream, types)] as const)
  const payloads = (list: readonly (EventType | TaskType)[]) =>
    sorted(list.map((type) => [versionKey(type), lockedPayload(type, types)]))
  return {
    domain: name,
    operations: sorted(operations),
    ...(streams.length > 0 && { streams: sorted(lockedStreams) }),
    events: payloads(publishes),
    tasks: payloads(tasks),
    types: {
      requests: sorted(Object.entries(types.requests)),
      responses: sorted(Object.entries(types.responses)),
      payloads: sorted(Object.entries(types.payloads)),
    },
  }
}

function locked(key: string, operation: AnyOperation, types: Lock['types']): LockedOperation {
  const { method, path, access, status, repeatable, deprecated, output } = operation
  const input = jsonSchemaOf(operation.inputSchema, 'input')
  return {
    method,
    path,
    access,
    status,
    repeatable,
    sensitive: operation.sensitive ?? false,
    forms: operation.forms ?? false,
    mediaType: operation.mediaType ?? 'application/json',
    bodyLimit: operation.bodyLimit ?? defaultBodyLimit,
    faults: sorted(operation.faults.map(({ code, kind }) => [code, statusOf[kind]])),
    checks: (operation.checks ?? []).map((check) => check.name).toSorted(),
    ...ending(deprecated),
    input: canonical(input, 'requests', key, types.requests),
    ...(output && { output: canonical(jsonSchemaOf(output, 'output'), 'responses', key, types.responses) }),
  }
}

function lockedStream(key: string, stream: AnyStream, types: Lock['types']): LockedStream {
  const { kind, path, access, deprecated } = stream
  const common = {
    kind,
    path,
    access,
    faults: sorted(stream.faults.map(({ code, kind }) => [code, statusOf[kind]])),
    ...ending(deprecated),
  }
  if (stream.kind === 'protocol')
    return { ...common, name: stream.name, methods: stream.methods.toSorted(), checks: [] }
  return {
    ...common,
    ...(stream.kind === 'content' && { mediaTypes: stream.mediaTypes.toSorted() }),
    checks: (stream.checks ?? []).map((check) => check.name).toSorted(),
    input: canonical(jsonSchemaOf(stream.inputSchema, 'input'), 'requests', key, types.requests),
    ...(stream.kind === 'feed' && {
      event: canonical(jsonSchemaOf(stream.event, 'output'), 'responses', key, types.responses),
    }),
  }
}

function lockedPayload(type: EventType | TaskType, types: Lock['types']): LockedPayload {
  const payload = canonical(payloadSchemaOf(type.payload), 'payloads', versionKey(type), types.payloads)
  return { ...ending(type.deprecated), payload }
}

function ending(deprecated: Deprecation | undefined): { deprecated?: Deprecation } {
  return deprecated ? { deprecated: { since: deprecated.since, sunset: deprecated.sunset } } : {}
}

function sorted<T>(entries: (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))))
}
