import type { ModuleFacts, OperationFacts } from './modules.ts'

/** What a module is to others and what it does by itself, as Markdown; what it does not have is left out. */
export function canvas(module: ModuleFacts): string {
  const { provides, streams, requires, publishes, consumes, tasks, schedules, settings } = module
  const parts = [
    folded(
      `Provides ${accessCounts(provides)}`,
      grid(
        ['operation', 'for', '', 'what'],
        provides.map(({ operation, access, method, path, summary, sunset }) => [
          code(operation),
          audiences[access],
          code(`${method} ${path}`),
          sunset ? `${summary} (deprecated, until ${sunset})` : summary,
        ]),
      ),
    ),
    section(
      'Streams',
      grid(
        ['stream', 'for', 'of', '', 'what'],
        streams.map(({ stream, access, of, path, summary, sunset }) => [
          code(stream),
          audiences[access],
          of,
          code(path),
          sunset ? `${summary} (deprecated, until ${sunset})` : summary,
        ]),
      ),
    ),
    `**Requires** ${list(requires) || 'nobody'}.`,
    `**Publishes** ${list(publishes) || 'nothing'}.`,
    consumes.length === 0
      ? '**Consumes** nothing.'
      : section(
          'Consumes',
          grid(
            ['event', 'from', 'consumer'],
            consumes.map(({ event, publisher, consumer }) => [code(event), publisher, code(consumer)]),
          ),
        ),
    section(
      'Tasks',
      grid(
        ['task', 'tries', 'first wait, doubling', 'limit of a run', 'at once per process'],
        tasks.map(({ name, version, attempts, backoffSeconds, timeoutSeconds, concurrency }) => [
          code(version === 1 ? name : `${name}@${version}`),
          String(attempts),
          duration(backoffSeconds),
          duration(timeoutSeconds),
          String(concurrency),
        ]),
      ),
    ),
    section(
      'Schedules',
      grid(
        ['schedule', 'every'],
        schedules.map(({ name, everySeconds }) => [code(name), duration(everySeconds)]),
      ),
    ),
    section(
      'Settings',
      grid(
        ['variable', 'default', 'meaning'],
        settings.map(({ variable, description, default: value, secret }) => [
          code(variable),
          secret ? 'secret' : value === undefined || value === '' ? '' : code(String(value)),
          description,
        ]),
      ),
    ),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const audiences = { public: 'anybody', user: 'users', internal: 'modules' } as const

function accessCounts(provides: readonly OperationFacts[]): string {
  const counts = Object.entries(audiences).map(([access, audience]) => {
    const count = provides.filter((operation) => operation.access === access).length
    return count === 0 ? '' : `${count} for ${audience}`
  })
  return `${provides.length} operation${provides.length === 1 ? '' : 's'} (${counts.filter((count) => count !== '').join(', ')})`
}

/** 90 → `90 s`, 900 → `15 min`, 3600 → `1 h`. */
function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

function grid(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [row(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(row)].join('\n')
}

const section = (title: string, content: string) => (content === '' ? '' : `**${title}**\n\n${content}`)
const folded = (title: string, content: string) =>
  `<details><summary><b>${title}</b></summary>\n\n${content}\n\n</details>`
const code = (text: string) => `\`${text}\``
const list = (names: readonly string[]) => names.map(code).join(', ')
