import { callEdges, eventEdges, type Measured } from './edges.ts'
import type { ModuleFacts } from './modules.ts'
import type { RecordedRun } from './recorded-run.ts'

/** For a terminal: one row per module, then one per edge between two. */
export function table(modules: readonly ModuleFacts[], run?: RecordedRun): string {
  const measured = run ? ['calls', 'requests', 'per request', ''] : []
  return [
    aligned([
      [
        'module',
        'operations',
        'internal',
        'streams',
        'publishes',
        'consumes',
        'tasks',
        'schedules',
        'settings',
      ],
      ...modules.map((module) => [
        module.name,
        String(module.provides.length),
        String(module.provides.filter(({ access }) => access === 'internal').length),
        ...[
          module.streams,
          module.publishes,
          module.consumes,
          module.tasks,
          module.schedules,
          module.settings,
        ].map((list) => String(list.length)),
      ]),
    ]),
    aligned([
      ['caller', 'callee', ...measured],
      ...callEdges(modules, run).map(({ caller, callee, measured }) => [
        caller,
        callee,
        ...(measured ? figures(measured) : []),
      ]),
    ]),
    aligned([
      ['consumer', 'hears from', 'of'],
      ...eventEdges(modules).map(({ publisher, consumer, events }) => [
        consumer,
        publisher,
        events.map((event) => event.slice(publisher.length + 1)).join(', '),
      ]),
    ]),
    ...(run ? [`Calls are those of the journeys on topology ${run.topology}.`] : []),
  ].join('\n\n')
}

function figures({ calls, requests, perRequest, chatty }: Measured): string[] {
  const ratio = perRequest?.toFixed(2) ?? 'background'
  return [String(calls), String(requests), ratio, chatty ? 'chatty' : '']
}

/** Columns as wide as their widest cell, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const cell = (text: string, column: number) =>
    /^[\d.]+$/.test(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!)
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')
}
