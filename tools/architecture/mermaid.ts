import { callEdges, eventEdges, type CallEdge } from './edges.ts'
import type { ModuleFacts } from './modules.ts'
import type { RecordedRun } from './recorded-run.ts'

/** A flowchart: solid arrows are calls (thick where they are chatty), dotted ones carry events. */
export function mermaid(modules: readonly ModuleFacts[], run?: RecordedRun): string {
  const calls = callEdges(modules, run).map(
    (edge) => `${edge.caller} ${edge.measured?.chatty ? '==>' : '-->'}${label(edge)} ${edge.callee}`,
  )
  const events = eventEdges(modules).map(
    ({ publisher, consumer, events }) => `${publisher} -.->|${plural(events.length, 'event')}| ${consumer}`,
  )
  return ['flowchart LR', ...modules.map(({ name }) => name), ...calls, ...events].join('\n  ')
}

function label({ measured }: CallEdge): string {
  if (!measured) return '|calls|'
  if (measured.perRequest === undefined) return `|"${plural(measured.calls, 'call')}, no request"|`
  return `|"${measured.perRequest.toFixed(2)} per request"|`
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
