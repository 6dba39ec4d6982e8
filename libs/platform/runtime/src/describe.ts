import type {
  AnyOperation,
  AnyStream,
  Client,
  Contract,
  EventType,
  TaskType,
} from '@cenopie/platform-contract'
import { openDatabase } from '@cenopie/platform-database'
import { consumerId, outbox } from '@cenopie/platform-outbox'
import type { Reaction } from '@cenopie/platform-outbox'
import { createLogger } from '@cenopie/platform-telemetry'
import { clientOf } from './client.ts'
import { readConfig, variable } from './config.ts'
import type { Environment } from './config.ts'
import type { Module } from './module.ts'
import { jsonSchemaOf } from './schemas.ts'
import type { JsonSchema } from './schemas.ts'

/** What a module is to others, and what it does by itself. */
export interface ModuleDescription {
  name: string
  /** Domains it calls. */
  requires: string[]
  provides: { key: string; operation: AnyOperation }[]
  streams: { key: string; stream: AnyStream }[]
  publishes: EventType[]
  consumes: { event: EventType; publisher: string; consumer: string }[]
  tasks: TaskType[]
  schedules: { name: string; everySeconds: number }[]
  settings: { variable: string; description: string; default: unknown; secret: boolean }[]
}

/** The domain that an event belongs to: `jobs` of `jobs.posting-published`. */
export const publisherOf = (event: string) => event.slice(0, event.indexOf('.'))

/** Starts a module without servers, looks, and closes it: `start` opens nothing. Throws on a setting that does not fit. */
export async function describeModule(module: Module, env: Environment = {}): Promise<ModuleDescription> {
  const { name, operations, streams = {}, events } = module.contract
  const database = openDatabase({ url: 'postgresql://127.0.0.1/none', schema: name })
  const started = await module.start({
    config: module.config ? readConfig(module.config, name, env, false) : {},
    database,
    outbox,
    requires: Object.fromEntries(
      Object.entries(module.requires ?? {}).map(([key, contract]) => [key, nobody(contract)]),
    ),
    log: createLogger({ service: 'describe', level: 'silent' }),
    publicUrl: 'http://localhost',
  })
  try {
    return {
      name,
      requires: Object.values(module.requires ?? {}).map((contract) => contract.name),
      provides: Object.entries(operations).map(([key, operation]) => ({ key, operation })),
      streams: Object.entries(streams).map(([key, stream]) => ({ key, stream })),
      publishes: Object.values(events),
      consumes: reactionsOf(started).map(({ event, consumer }) => ({
        event,
        publisher: publisherOf(event.name),
        consumer: consumerId(name, consumer),
      })),
      tasks: (started.tasks ?? []).map(({ task }) => task as TaskType),
      schedules: (started.schedules ?? []).map((schedule) => ({
        name: schedule.name,
        everySeconds: schedule.everySeconds,
      })),
      settings: settingsOf(module),
    }
  } finally {
    await started.close?.()
    await database.close()
  }
}

function reactionsOf({ on }: { on?: readonly Reaction[] }): readonly Reaction[] {
  return on ?? []
}

function nobody(contract: Contract): Client<Contract> {
  const refuse = () =>
    Promise.reject(new Error(`${contract.name} is not there: the module is only described`))
  return clientOf(contract, () => refuse)
}

function settingsOf({ contract, config }: Module): ModuleDescription['settings'] {
  if (!config) return []
  const properties = jsonSchemaOf(config, 'input')['properties'] as Record<string, JsonSchema>
  return Object.entries(properties).map(([key, property]) => ({
    variable: variable(contract.name, key),
    description: String(property['description'] ?? ''),
    default: property['default'],
    secret: property['secret'] === true,
  }))
}
