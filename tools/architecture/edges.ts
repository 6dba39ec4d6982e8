import type { ModuleFacts } from './modules.ts'
import type { RecordedRun } from './recorded-run.ts'

/** One module calls another. */
export interface CallEdge {
  caller: string
  callee: string
  /** Of a recorded run; absent without one. */
  measured?: Measured
}

export interface Measured {
  calls: number
  /** What the caller answered in the same run: requests of clients and calls of other modules. */
  requests: number
  /** Absent when the caller answered nothing: its calls come from background work alone. */
  perRequest?: number
  /** More than one call per request: after an extraction each of them crosses the network. */
  chatty: boolean
  operations: Record<string, number>
}

/** One module hears of what happened in another. */
export interface EventEdge {
  publisher: string
  consumer: string
  events: string[]
}

/** Every pair of modules of which one may call the other, and how often it did if `run` is given. */
export function callEdges(modules: readonly ModuleFacts[], run?: RecordedRun): CallEdge[] {
  return modules.flatMap(({ name: caller, requires }) =>
    requires.map((callee) => ({ caller, callee, ...(run && { measured: measure(run, caller, callee) }) })),
  )
}

export function eventEdges(modules: readonly ModuleFacts[]): EventEdge[] {
  return modules.flatMap(({ name: consumer, consumes }) =>
    Object.entries(Object.groupBy(consumes, ({ publisher }) => publisher)).map(([publisher, heard = []]) => ({
      publisher,
      consumer,
      events: [...new Set(heard.map(({ event }) => event))],
    })),
  )
}

function measure({ requests, calls }: RecordedRun, caller: string, callee: string): Measured {
  const made = calls.filter((call) => call.caller === caller && call.callee === callee)
  const asked = Object.entries(requests).filter(([operation]) => operation.startsWith(`${caller}.`))
  const called = calls.filter((call) => call.callee === caller)
  const count = sum(made.map(({ count }) => count))
  const answered = sum([...asked.map(([, count]) => count), ...called.map(({ count }) => count)])
  return {
    calls: count,
    requests: answered,
    ...(answered > 0 && { perRequest: count / answered }),
    chatty: answered > 0 && count > answered,
    operations: Object.fromEntries(made.map(({ operation, count }) => [operation, count])),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
