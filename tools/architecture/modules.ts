import { modules } from '@cenopie/api'
import { versionKey, type Access, type TaskType } from '@cenopie/platform-contract'
import { describeModule, type Module, type ModuleDescription } from '@cenopie/platform-runtime'

/** A module as data: what can be printed of its description. */
export interface ModuleFacts {
  name: string
  provides: OperationFacts[]
  streams: StreamFacts[]
  /** Domains it calls. */
  requires: string[]
  publishes: string[]
  consumes: { event: string; publisher: string; consumer: string }[]
  tasks: Omit<TaskType, 'kind' | 'payload' | 'deprecated'>[]
  schedules: { name: string; everySeconds: number }[]
  settings: ModuleDescription['settings']
}

export interface OperationFacts {
  operation: string
  access: Access
  method: string
  path: string
  summary: string
  /** ISO date after which it may be gone. */
  sunset?: string
}

export interface StreamFacts {
  stream: string
  access: Access
  /** `bytes`, `events`, or the protocol. */
  of: string
  path: string
  summary: string
  sunset?: string
}

/** Every module that the whole app composes, by name. Starts no server and reads no environment. */
export async function readModules(): Promise<ModuleFacts[]> {
  const described = await Promise.all((modules as readonly Module[]).map((module) => describeModule(module)))
  return described.map(factsOf).sort((one, other) => one.name.localeCompare(other.name))
}

function factsOf(module: ModuleDescription): ModuleFacts {
  const { name, provides, streams, requires, publishes, consumes, tasks, schedules, settings } = module
  return {
    name,
    // By address: a contract may spread the names of a file, and loaders disagree on their order.
    provides: provides
      .map(({ key, operation: { access, method, path, summary, deprecated } }) => {
        const sunset = deprecated && { sunset: deprecated.sunset }
        return { operation: key, access, method, path, summary, ...sunset }
      })
      .toSorted((one, other) => addressOf(one).localeCompare(addressOf(other))),
    streams: streams.map(streamFacts).toSorted((one, other) => one.path.localeCompare(other.path)),
    requires: requires.toSorted(),
    publishes: publishes.map(versionKey),
    consumes: consumes
      .map(({ event, publisher, consumer }) => ({ event: versionKey(event), publisher, consumer }))
      .toSorted((one, other) => one.publisher.localeCompare(other.publisher)),
    tasks: tasks.map(({ kind: _, payload: __, deprecated: ___, ...policy }) => policy),
    schedules,
    settings: settings.map((setting) => ({
      ...setting,
      default: setting.secret ? undefined : setting.default,
    })),
  }
}

function addressOf({ path, method }: OperationFacts): string {
  return `${path} ${method}`
}

function streamFacts({ key, stream }: ModuleDescription['streams'][number]): StreamFacts {
  const { access, path, summary, deprecated } = stream
  const of = stream.kind === 'protocol' ? stream.name : stream.kind === 'feed' ? 'events' : 'bytes'
  return { stream: key, access, of, path, summary, ...(deprecated && { sunset: deprecated.sunset }) }
}
